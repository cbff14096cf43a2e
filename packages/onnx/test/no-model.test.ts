import type { SoftmaxError } from '@softmax/core';
import { onnx } from 'onnx-proto';
import { describe, expect, test } from 'vitest';
import { appendHead, toOnnx } from '../src/index.ts';
import { classifier, value } from './classifier.ts';
import { VALID } from './valid-models.ts';

/** What becomes of bytes: they are taken for a model, or refused with a code and a cause. */
function outcome(bytes: Uint8Array): string {
  try {
    appendHead(bytes, 'logits', 'softmax');
    return 'taken';
  } catch (error) {
    const { code, cause } = error as SoftmaxError;
    return `${code}, ${(cause as Error | undefined)?.name}`;
  }
}

/** A model that ends after so many of its opset imports. */
function shortened(bytes: Uint8Array, opsets: number): Uint8Array {
  const model = onnx.ModelProto.decode(bytes);
  model.metadataProps = [];
  model.opsetImport = model.opsetImport.slice(0, opsets);
  return onnx.ModelProto.encode(model).finish();
}

/** One bit, the bit that says that a number goes on, all of them. */
const CHANGES = [1, 128, 255, 8, 2] as const;
const TYPED = /^(taken|(INVALID_MODEL|UNSUPPORTED|INVALID_OPTION|INVALID_SHAPE|INVALID_AXIS), \w+)$/;

describe('bad input is one typed error', () => {
  const whole = classifier();

  test.each([
    ['text', new TextEncoder().encode('{"not": "a model"}')],
    ['nothing', new Uint8Array()],
    ['zeros', new Uint8Array(100)],
    ['something that is no bytes', 'model.onnx'],
  ])('%s is no model', (_, bytes) => {
    expect(() => appendHead(bytes as Uint8Array, 'logits', 'softmax')).toThrow(
      expect.objectContaining({ code: 'INVALID_MODEL' }),
    );
  });

  test('a file cut short is not taken for a model, but where it ends between what a model need not have', () => {
    const outcomes = Array.from(whole.keys(), (length) => outcome(whole.subarray(0, length)));
    expect([...new Set(outcomes)].sort()).toEqual(['INVALID_MODEL, RangeError', 'taken']);
    const taken = [...outcomes.keys()].filter((length) => outcomes[length] === 'taken');
    expect(taken).toEqual([1, 2].map((opsets) => shortened(whole, opsets).length));
  });

  test.each(VALID)(
    'cut anywhere, or with a byte changed, it is one typed error or a model: $what',
    ({ model }) => {
      const length = Math.min(model.length, 700);
      const cut = Array.from({ length }, (_, at) => outcome(model.subarray(0, at)));
      const changed = Array.from({ length }, (_, at) => {
        const other = model.slice();
        other[at] = (other[at] as number) ^ (CHANGES[at % CHANGES.length] as number);
        return outcome(other);
      });
      const untyped = [...cut, ...changed].filter((each) => !TYPED.test(each));
      expect(untyped).toEqual([]);
      expect(cut).toContain('INVALID_MODEL, RangeError');
    },
  );

  test('a file that ends before the version of an operator that it uses is not taken', () => {
    const node = [{ opType: 'Own', domain: 'com.example', input: ['x'], output: ['logits'] }];
    expect(outcome(shortened(classifier({ graph: { node } }), 1))).toBe('INVALID_MODEL, RangeError');
  });

  test.each([
    ['an output that there is not', whole, 'logit', {}, 'INVALID_OPTION'],
    ['an inner value', whole, 'softmax/product', {}, 'INVALID_OPTION'],
    ['an older opset', classifier({ opset: 12 }), 'logits', {}, 'UNSUPPORTED'],
    ['a newer opset', classifier({ opset: 27 }), 'logits', {}, 'UNSUPPORTED'],
    ['an older form', classifier({ ir: 2 }), 'logits', {}, 'UNSUPPORTED'],
    ['integers', classifier({ outputs: [value('logits', 7, [3])] }), 'logits', {}, 'UNSUPPORTED'],
    ['a type of their own', whole, 'logits', { dtype: 'float64' }, 'INVALID_OPTION'],
    ['a name that is taken', whole, 'logits', { names: { y: 'W' } }, 'INVALID_OPTION'],
    ['an axis that the output has not', whole, 'logits', { axis: 2 }, 'INVALID_AXIS'],
  ])('%s is refused', (_, model, output, options, code) => {
    expect(() => appendHead(model, output, 'softmax', options as object)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('the cause is kept', () => {
    const cut = () => appendHead(toOnnx('softmax').subarray(0, 99), 'y', 'softmax');
    expect(cut).toThrow(expect.objectContaining({ cause: expect.any(RangeError) }));
  });
});
