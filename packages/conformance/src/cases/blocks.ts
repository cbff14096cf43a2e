import { backward as crossEntropyBackward } from '../operations/cross-entropy.ts';
import { backward } from '../operations/distribution.ts';
import { backward as gumbelBackward } from '../operations/gumbel.ts';
import { backward as logSumExpBackward } from '../operations/log-sum-exp.ts';
import { caseOf, type Operation } from '../operations/operation.ts';
import { backward as softCrossEntropyBackward } from '../operations/soft-cross-entropy.ts';
import type { Case, Trial } from '../plan/case.ts';
import { random } from './random.ts';

/** A row in the parts that its gradient is made of, whatever the operation is. */
interface Row {
  readonly where: string;
  readonly x: readonly number[];
  readonly mask?: readonly boolean[];
  readonly dy?: readonly number[];
  /** What the gradient of a loss is multiplied by. */
  readonly factor?: number;
}

/** Two blocks of 2048 and the beginning of a third: no backend is known to walk a row in larger ones. */
const [BLOCK, LENGTH] = [2048, 4100];
const sequence = (scale: number): number[] => {
  const next = random(7);
  return Array.from({ length: LENGTH }, () => scale * (2 * next() - 1));
};
const filled = (from: number, value: number, x: readonly number[] = sequence(3)): number[] =>
  x.map((v, k) => (k < from ? v : value));

/** What people pad with: the lowest of float32 and of bfloat16, and finite numbers that stand for −∞. */
const PADDINGS = [-3.4028235e38, -3.3895e38, -1e38, -1e9, -65504, -1e4, Number.NEGATIVE_INFINITY];
const FAR = filled(BLOCK, -300).map((v, k) => (k === 1 ? -1000 : v));
const DY = sequence(1);
const BEHIND = Array.from({ length: LENGTH }, (_, k) => k < BLOCK);

const SKIPPED: readonly Row[] = [
  ...PADDINGS.map((v) => ({ where: `blocks of ${v}`, x: filled(BLOCK, v), dy: DY })),
  ...PADDINGS.map((v) => ({ where: `${v} before the others`, x: filled(BLOCK, v).reverse(), dy: DY })),
  { where: 'a block of −300 in a row with −1000', x: FAR, dy: DY.map(() => 1) },
  { where: 'the same block, masked', x: FAR, mask: BEHIND, dy: DY },
  { where: 'blocks of −300 around 250', x: filled(BLOCK, -300).map((v, k) => (k === 9 ? 250 : v)), dy: DY },
];

const FAINT: readonly Row[] = [
  { where: 'e^−105, which 8 lifts to a subnormal', x: [0, -105, -1], dy: [1, 8, 1], factor: 8 },
  { where: 'e^−109, which 300 lifts to a subnormal', x: [0, -109, -1], dy: [1, 300, 1], factor: 300 },
  { where: 'e^−106 of 214', x: [214, 108, 213], dy: [1, 30, 1], factor: 30 },
  { where: 'e^−106 times 10¹⁰', x: [0, -106], dy: [0, 1e10], factor: 1e10 },
  { where: 'e^−106 times −10³⁸', x: [-106, 0, -3], dy: [-1e38, 1, 2], factor: -1e38 },
  { where: 'e^−180 times 3·10³⁸', x: [1, -179, -179.5, 0], dy: [0, 3e38, 3e38, 0], factor: 3e38 },
  { where: 'e^−150 of a maximum of 1000', x: [1000, 850, 849, 896], dy: [1, 1e30, -1e30, 2], factor: 1e30 },
  { where: 'e^−150 of −1000', x: [-1000, -1150, -1149.5], dy: [1, 1e30, 5], factor: 1e30 },
  {
    where: 'e^−130 beside a masked e^−120',
    x: [0, -130, -120, 0],
    mask: [true, true, false, true],
    dy: [0, 1e30, 1e30, 0],
    factor: 1e30,
  },
  { where: 'a block of e^−130', x: filled(BLOCK, -130), dy: filled(BLOCK, 1e25, DY), factor: 1e25 },
  {
    where: 'a block of e^−130 of 300',
    x: filled(BLOCK, 170).map((v, k) => (k === 5 ? 300 : v)),
    dy: filled(BLOCK, 1e25, DY),
    factor: 1e25,
  },
  { where: 'e^−3000, which nothing lifts', x: [0, -3000, -1], dy: [1, 3e38, 1], factor: 3e38 },
];

/** Memory of the size of a row that held NaN before, and is free again. */
function soil({ softmax }: Trial, length: number): void {
  const tensors = Array.from({ length: 6 }, () => softmax.tensor(new Float32Array(length).fill(Number.NaN)));
  for (const tensor of tensors) tensor.dispose();
}

const SKIPPING = {
  name: 'blocks-that-are-skipped',
  mistake:
    'a block without a probability above 0 that is not written: its gradient is what memory held before',
  rows: SKIPPED,
};
const LIFTING = {
  name: 'faint-probabilities',
  mistake: 'a probability that rounds to 0 before a cotangent or a weight lifts it back',
  rows: FAINT,
};

/** Both groups of an operation, whose example is made of a row. */
const of = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  example: (row: Row) => E,
  suffix = '',
): readonly Case[] =>
  [SKIPPING, LIFTING].map(({ name, mistake, rows }) =>
    caseOf(operation, {
      category: 'special',
      name: `${name}${suffix}`,
      mistake,
      *examples(trial) {
        for (const row of rows) {
          soil(trial, row.x.length);
          yield example(row);
        }
      },
    }),
  );

const cotangent = ({ x, dy = x.map(() => 1), mask, where }: Row) => ({
  x,
  dy,
  where,
  ...(mask && { mask }),
});
/** Its target is possible, and nothing special. */
const labelled = ({ x, mask, factor = 1, where }: Row) => ({
  x,
  where,
  shape: [1, x.length],
  target: [x.indexOf(Math.max(...x))],
  tokenWeight: [Math.min(Math.abs(factor), 1e20)],
  denominator: 1 / Math.max(Math.abs(factor) / 1e20, 1),
  dy: Math.sign(factor),
  ...(mask && { mask }),
});

export const distributionBlocks = (op: 'softmaxGrad' | 'softminGrad' | 'logSoftmaxGrad'): readonly Case[] =>
  of(backward(op), (row) => {
    const example = cotangent(row);
    return op === 'softminGrad' ? { ...example, x: example.x.map((v) => -v) } : example;
  });

export const logSumExpBlocks: readonly Case[] = of(logSumExpBackward, (row) => ({
  ...cotangent(row),
  dy: [row.factor ?? 1],
}));

export const gumbelBlocks: readonly Case[] = of(gumbelBackward, (row) => ({
  ...cotangent(row),
  noise: row.x.map((_, k) => 0.25 * (k % 3)),
}));

export const crossEntropyBlocks: readonly Case[] = [
  ...of(crossEntropyBackward, labelled),
  ...of(crossEntropyBackward, (row) => ({ ...labelled(row), labelSmoothing: 0.1 }), '-smoothed'),
];

export const softCrossEntropyBlocks: readonly Case[] = of(
  softCrossEntropyBackward,
  (row) => {
    const { target, ...rest } = labelled(row);
    const likely = row.x.map((_, k) => (k === target[0] ? 0.75 : 0));
    return { ...rest, probabilities: likely.map((v, k) => (k === (target[0] === 0 ? 1 : 0) ? 0.25 : v)) };
  },
  '-of-probabilities',
);
