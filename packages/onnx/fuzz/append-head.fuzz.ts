import { SoftmaxError } from '@softmax/core';
import { choices, HOSTILE, type Random } from '../../core/fuzz/hostile.ts';
import { appendHead, toOnnx } from '../src/index.ts';
import { type Bytes, int, join, message, text } from '../src/model/wire.ts';

interface Target {
  make(random: () => number): () => unknown;
  run(call: () => unknown): void;
}

const run = (call: () => unknown): void => {
  try {
    call();
  } catch (error) {
    if (!(error instanceof SoftmaxError) || error.message.length > 10_000) throw error;
  }
};

/** A dimension: a length, a name, or neither. */
function dimension({ below, pick }: Random): Bytes {
  const length = pick([1, 2, 3, 16, 16, 16, 17, 2 ** 31, 2 ** 53 - 1, 0, -1]);
  return message(1, pick([[int(1, length)], [int(1, length)], [text(2, `d${below(9)}`)], []]));
}

function output(random: Random): Bytes {
  const { below, pick } = random;
  const dims = Array.from({ length: pick([0, 1, 2, 3, 8, 12, 64, 65, 5000]) }, () => dimension(random));
  const shape = below(9) ? [message(2, dims)] : [];
  const tensor = message(1, [int(1, pick([1, 1, 1, 10, 11, 7, 99])), ...shape]);
  return message(12, [text(1, 'logits'), message(2, [tensor])]);
}

/** Names that a head takes, or numbers of them; a long one. */
function name({ below, pick }: Random): string {
  return pick([
    'x',
    'y',
    'y_1',
    'softmax/n',
    `softmax_${below(99)}/n`,
    '/',
    '',
    'é',
    'n'.repeat(below(70_000)),
  ]);
}

const node = (random: Random): Bytes =>
  message(1, [text(1, name(random)), text(2, name(random)), text(4, 'Identity')]);

function nested(levels: number): Bytes {
  let node = message(1, [text(2, 'inner')]);
  for (let k = 0; k < levels; k++) node = message(1, [message(5, [text(1, 'body'), message(6, [node])])]);
  return node;
}

/** Many parts of one kind: as few bytes as may become the most objects. */
function many(random: Random): Bytes[] {
  const { below, pick } = random;
  const length = pick([0, 1, 9, 9, 9, 5000]);
  return pick<() => Bytes[]>([
    () => [new Uint8Array(2 * pick([1000, 1000, 1000, 2 ** 18])).fill(0x08)],
    () => Array.from({ length }, (_, k) => message(1, [text(2, `softmax${k ? `_${k}` : ''}/n`)])),
    () => Array.from({ length }, (_, k) => message(11, [text(1, k ? `y_${k}` : 'y')])),
    () => Array.from({ length }, () => message(1, [text(7, `domain${below(3)}`)])),
    () => [nested(pick([1, 31, 40, 3000]))],
    () => Array.from({ length: below(20) }, () => node(random)),
  ])();
}

function model(random: Random): Uint8Array {
  const { below, pick } = random;
  const graph = message(7, [text(2, 'g'), ...many(random), output(random), ...many(random)]);
  const opset = message(8, [text(1, pick(['', 'ai.onnx'])), int(2, pick([12, 13, 17, 26, 27]))]);
  const bytes = join([int(1, pick([2, 3, 8])), graph, opset, ...(below(3) ? [] : many(random))]);
  const kind = below(4);
  if (kind === 0) return bytes.subarray(0, below(bytes.length));
  if (kind === 1) for (let k = below(4); k >= 0; k--) bytes[below(bytes.length)] = below(256);
  return bytes;
}

const OPERATIONS = [
  'softmax',
  'crossEntropy',
  'sampleWithoutReplacement',
  'toString',
  'softmaxGrad',
] as const;
const OPTIONS = ['shape', 'axis', 'names', 'metadata', 'mask', 'temperature', 'producer', 'dtype', 'opset'];

const targets: { readonly [name: string]: Target } = {
  'models for appendHead': {
    make: (random) => {
      const chosen = choices(random);
      const bytes = model(chosen);
      const operation = chosen.pick(OPERATIONS);
      return () => appendHead(bytes, 'logits', operation as 'softmax', {});
    },
    run,
  },
  'options of toOnnx': {
    make: (random) => {
      const chosen = choices(random);
      const value = chosen.pick(HOSTILE)(chosen);
      const operation = chosen.pick(OPERATIONS);
      const options = chosen.below(5) ? { [chosen.pick(OPTIONS)]: value } : value;
      return () => toOnnx(operation as 'softmax', options as object);
    },
    run,
  },
};

export default targets;
