import { createSoftmax, type Level, type Mode, type OpName, type Softmax } from '@softmax/core';
import { FORMATS, ulpOf } from '../judge/float.ts';
import { identical, must, outputs } from '../judge/outputs.ts';
import { allowed } from '../judge/tolerance.ts';
import * as fast from '../oracle/fast.ts';
import { type AnyBackend, type Case, kernelOf, needs, type SomeBackend, type Trial } from '../plan/case.ts';
import { LOGITS, random, seedOf } from './random.ts';

/** Rows of one length, and what they are asked with. */
interface Rows {
  readonly x: Float32Array;
  readonly g: Float32Array;
  readonly labels: readonly number[];
  readonly shape: readonly [rows: number, n: number];
}

interface Pair {
  readonly op: OpName;
  readonly call: (on: Softmax<unknown, Mode>, rows: Rows) => unknown;
  /** The outputs of a row, each of n elements or of one. */
  readonly expected: (x: Float32Array, g: Float32Array, label: number) => readonly fast.Fast[];
}

const input = ({ x, shape }: Rows) => ({ data: x, shape });
const cotangent = ({ g, shape }: Rows) => ({ data: g, shape });
const none = { reduction: 'none' } as const;

const PAIRS: readonly Pair[] = [
  { op: 'softmax', call: (on, rows) => on.softmax(input(rows)), expected: (x) => [fast.fastSoftmax(x)] },
  { op: 'softmin', call: (on, rows) => on.softmin(input(rows)), expected: (x) => [fast.fastSoftmin(x)] },
  {
    op: 'logSoftmax',
    call: (on, rows) => on.logSoftmax(input(rows)),
    expected: (x) => [fast.fastLogSoftmax(x)],
  },
  {
    op: 'logSumExp',
    call: (on, rows) => on.logSumExp(input(rows)),
    expected: (x) => [fast.fastLogSumExp(x)],
  },
  {
    op: 'softmaxGrad',
    call: (on, rows) => on.softmaxGrad(input(rows), cotangent(rows)),
    expected: (x, g) => [fast.fastSoftmaxGrad(x, g)],
  },
  {
    op: 'logSoftmaxGrad',
    call: (on, rows) => on.logSoftmaxGrad(input(rows), cotangent(rows)),
    expected: (x, g) => [fast.fastLogSoftmaxGrad(x, g)],
  },
  {
    op: 'crossEntropy',
    call: (on, rows) => on.crossEntropy(input(rows), rows.labels, none),
    expected: (x, _, label) => [fast.fastCrossEntropy(x, label)],
  },
  {
    op: 'crossEntropyGrad',
    call: (on, rows) => on.crossEntropyGrad(input(rows), rows.labels, none),
    expected: (x, _, label) => [fast.fastCrossEntropy(x, label), fast.fastCrossEntropyGrad(x, label)],
  },
];

const LENGTHS = [2, 10, 100, 1000, 10_000];

/** A million elements, or in quick runs 20 000, in rows of several lengths, each row of another kind of logits. */
function batches({ quick, seed }: Pick<Trial, 'quick' | 'seed'>): readonly Rows[] {
  if (made?.quick === quick && made.seed === seed) return made.batches;
  const next = random(seedOf(seed, 'pairs'));
  const kinds = Object.values(LOGITS).slice(0, -1);
  const all = LENGTHS.map((n): Rows => {
    const rows = Math.ceil((quick ? 4000 : 200_000) / n);
    const x = new Float32Array(rows * n);
    for (let row = 0; row < rows; row++) x.set(kinds[row % kinds.length]?.(n, next) ?? [], row * n);
    const g = Float32Array.from(x, () => 4 * next() - 2);
    return { x, g, labels: Array.from({ length: rows }, () => Math.floor(next() * n)), shape: [rows, n] };
  });
  made = { quick, seed, batches: all };
  return all;
}

/** Every operation is asked the same; making it takes longer than a softmax of it. */
let made: { readonly quick: boolean; readonly seed: number; readonly batches: readonly Rows[] } | undefined;

/** How far apart two results of one row are, in ulp; fails where that is more than both levels allow. */
function apart(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  n: number,
  expected: () => fast.Fast,
  levels: readonly Level[],
  floor: number,
): number {
  if (identical(a, b)) return 0;
  const own = fast.expectedOf(expected(), n, 'float32');
  let worst = 0;
  for (let k = 0; k < a.length; k++) {
    const [mine, theirs] = [a[k] as number, b[k] as number];
    const error = Math.abs(mine - theirs);
    const most = levels.reduce((sum, level) => sum + allowed(own, k, level), floor);
    must(error <= most, `element ${k} of ${n}: ${mine} here, ${theirs} there`);
    const size = Math.max(Math.abs(own.values[k] as number), own.largest[k] as number);
    worst = Math.max(worst, error / ulpOf(size, 'float32'));
  }
  return worst;
}

/** The same inputs on two backends: no element is further apart than the levels of both allow. */
const pair = ({ op, call, expected }: Pair, other: AnyBackend): Case => ({
  category: 'pair',
  op,
  name: `with-${other.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
  mistake: 'a backend that means something else than its neighbour, on rows that nobody chose',
  needs: needs(op),
  async run(trial) {
    const levels: readonly Level[] = [trial.level, other.claims?.level ?? 'S3'];
    const beside = createSoftmax(other);
    // Whoever may flush subnormals is apart from whoever keeps them by up to the smallest normal number.
    const { tiny, eps } = FORMATS.float32;
    const floor = trial.subnormals && (other.claims?.subnormals ?? true) ? tiny : tiny / eps;
    let ulp = 0;
    for (const batch of batches(trial)) {
      const [mine, theirs] = [await outputs(call(trial.softmax, batch)), await outputs(call(beside, batch))];
      const [rows, n] = batch.shape;
      for (const [k, { data }] of mine.entries()) {
        const width = data.length / rows;
        const there = theirs[k]?.data ?? [];
        for (let row = 0; row < rows; row++) {
          const part = (from: ArrayLike<number>, w: number) =>
            (from as Float32Array).subarray(row * w, (row + 1) * w);
          const exact = () =>
            expected(part(batch.x, n), part(batch.g, n), batch.labels[row] as number)[k] as fast.Fast;
          ulp = Math.max(ulp, apart(part(data, width), part(there, width), n, exact, levels, floor));
        }
      }
    }
    return { ulp };
  },
});

/** One comparison for each operation that the other backend has. */
export const pairs = (beside: SomeBackend): readonly Case[] => {
  const other = beside as AnyBackend;
  return other.dtypes.includes('float32')
    ? PAIRS.filter(({ op }) => other.kernels[kernelOf(op)]).map((each) => pair(each, other))
    : [];
};
