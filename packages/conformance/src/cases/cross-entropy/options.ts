import type { Labelled } from '../../operations/cross-entropy.ts';
import type { Trial } from '../../plan/case.ts';
import { LOGITS, random, seedOf } from '../random.ts';

/** A batch of labelled rows, and everything that a loss can be asked for, one by one and together. */
export interface Batch {
  readonly name: string;
  readonly mistake: string;
  readonly options: (labelled: Labelled, next: () => number) => Partial<Labelled>;
}

const classesOf = ({ shape = [] }: Labelled): number => shape[1] ?? 1;
const weights = (count: number, next: () => number): number[] =>
  Array.from({ length: count }, () => 0.25 + 2 * next());
const ignoring = ({ target }: Labelled): readonly number[] =>
  target.map((y, row) => (row % 3 === 1 ? -100 : y));
const visible = ({ x, target, ...rest }: Labelled, next: () => number): boolean[] => {
  const n = classesOf({ x, target, ...rest });
  return x.map((_, k) => next() < 0.6 || k % n === target[Math.floor(k / n)]);
};

export const BATCHES: readonly Batch[] = [
  { name: 'mean', mistake: 'a mean over the elements, or over the classes', options: () => ({}) },
  { name: 'sum', mistake: 'a sum that is divided', options: () => ({ reduction: 'sum' }) },
  { name: 'none', mistake: 'losses of rows in another order', options: () => ({ reduction: 'none' }) },
  {
    name: 'ignored-rows',
    mistake: '1/N where ignored rows are in N',
    options: (l) => ({ target: ignoring(l) }),
  },
  {
    name: 'class-weights',
    mistake: 'a mean that is not divided by the weights of the targets (pytorch #72056)',
    options: (l, next) => ({ weight: weights(classesOf(l), next) }),
  },
  {
    name: 'smoothing',
    mistake: 'α spread over K − 1 classes, or added to the target and not taken off',
    options: () => ({ labelSmoothing: 0.1 }),
  },
  {
    name: 'smoothing-1',
    mistake: 'smoothing of 1 that still knows the target',
    options: () => ({ labelSmoothing: 1 }),
  },
  {
    name: 'smoothing-weights-and-ignored-rows',
    mistake: 'smoothing × weight × ignore (pytorch #69339, #73205, #91383, #104776)',
    options: (l, next) => ({ labelSmoothing: 0.2, weight: weights(classesOf(l), next), target: ignoring(l) }),
  },
  {
    name: 'mask',
    mistake: 'a masked class that is read, or that gets a gradient',
    options: (l, next) => {
      const mask = visible(l, next);
      return { mask, x: l.x.map((v, k) => (mask[k] ? v : Number.NaN)) };
    },
  },
  {
    name: 'smoothing-under-a-mask',
    mistake: 'α spread over classes that are masked: optax sums to 1.05',
    options: (l, next) => ({
      mask: visible(l, next),
      labelSmoothing: 0.1,
      weight: weights(classesOf(l), next),
    }),
  },
  {
    name: 'z-loss',
    mistake: 'lse² that is not in the mean, or not in the gradient',
    options: () => ({ zLoss: 0.01 }),
  },
  {
    name: 'token-weights',
    mistake: 'weights of rows that are not in the denominator, or a weight of 0 that multiplies',
    options: (l, next) => ({ tokenWeight: weights(l.target.length, next).with(0, 0), zLoss: 0.001 }),
  },
  {
    name: 'denominator',
    mistake: 'the count over all devices ignored',
    options: (l) => ({ denominator: 64, target: ignoring(l) }),
  },
  {
    name: 'everything',
    mistake: 'options that each work alone',
    options: (l, next) => ({
      mask: visible(l, next),
      labelSmoothing: 0.3,
      weight: weights(classesOf(l), next).with(0, 0),
      tokenWeight: weights(l.target.length, next),
      target: ignoring(l),
      zLoss: 0.05,
    }),
  },
];

/** Batches of several widths, each with labels at the first and the last class too. */
export function* batches(trial: Trial, { name, options }: Batch): Iterable<Labelled> {
  const next = random(seedOf(trial.seed, name));
  for (const [rows, n] of trial.quick
    ? [[4, 5]]
    : ([
        [1, 2],
        [4, 5],
        [7, 17],
        [3, 33],
        [5, 1],
      ] as const))
    for (const logits of ['uniform-10', 'one-dominant', '80-to-100']) {
      const x = Array.from(
        { length: rows as number },
        () => LOGITS[logits]?.(n as number, next) ?? [],
      ).flat();
      const target = Array.from(
        { length: rows as number },
        (_, row) => [0, (n as number) - 1][row] ?? Math.floor(next() * (n as number)),
      );
      const labelled: Labelled = { x, target, shape: [rows as number, n as number] };
      yield { ...labelled, ...options(labelled, next), where: `${rows} rows of ${n}, ${logits}` };
    }
}
