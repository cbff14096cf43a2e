import type { FloatType } from '@softmax/core';
import { takes } from '../../operations/described.ts';
import { type Backward, backward, type Forward, forward, type Scores } from '../../operations/entmax.ts';
import { caseOf } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import {
  cotangentsOfAnySize,
  everyMask,
  type Special,
  valueAt,
  withCotangent,
} from '../distribution/places.ts';
import { each, inf, named } from './alphas.ts';

const { NaN: nan } = Number;
const SPECIALS: readonly Special[] = [
  valueAt('nan-at-every-place', 'NaN lost in the max or in a sort, or spread to other rows', nan),
  valueAt('plus-infinity-at-every-place', '+inf that gives a distribution: the row is NaN', inf),
  valueAt('minus-infinity-at-every-place', 'a threshold that −inf makes NaN (entmax #9, #19)', -inf),
  valueAt('zero-at-every-place', '−0 and 0 taken for different numbers', -0),
  valueAt('subnormal-scores', 'subnormal inputs read as something else than almost 0', 2 ** -149),
  valueAt(
    'largest-numbers',
    'cumulative sums that overflow or lose the threshold (tensorflow/addons #2314)',
    3e38,
  ),
  valueAt('one-hundred-million', 'a threshold from sums of 1e8 without a shift by the max: NaN', 1e8),
  {
    name: 'masked-at-every-place',
    mistake: 'a masked value that is read, or that takes part in the sum',
    examples: (trial, dtype) => everyMask(trial, dtype, [nan, inf, -inf, 3e38, 1e9, -1]),
  },
  {
    name: 'nothing-possible',
    mistake: 'a row of only −inf that is a distribution, or a masked row that is NaN',
    examples: [
      { x: [-inf] },
      { x: [-inf, -inf, 1, 2], shape: [2, 2] },
      { x: [1, 2, nan, inf], shape: [2, 2], mask: [true, true, false, false] },
      { x: [-inf, 5, -inf, 6], shape: [2, 2], mask: [true, false, true, true] },
      { x: [nan, 1, -inf, 5], shape: [2, 2], mask: [true, true, true, false] },
    ],
  },
  {
    name: 'ties',
    mistake: 'ties that share unequally, and one that is in the support without the other',
    examples: [
      { x: [2, 2] },
      { x: [1, 1, 1, 1, 1, 1, 1] },
      { x: [0, 0.5, 0.5, 0, 0.5, -3] },
      { x: [-0, 0, 0] },
      { x: [1e8, 1e8, 1e8 - 8] },
    ],
  },
  {
    name: 'at-the-threshold',
    mistake: 'a value exactly at the threshold, or just above it, that is rounded to the other side',
    examples: [
      { x: [1, 0] },
      { x: [2, 0] },
      { x: [0.5, 0] },
      { x: [4, 0] },
      { x: [1, 2 ** -20] },
      { x: [2, 2 ** -20] },
      { x: [4, 2 ** -20] },
      { x: [1, -(2 ** -20)] },
      { x: [1, 1e-17] },
      { x: [0.75, 0.5, 0.125, 0.125] },
      { x: [3, 1, 3] },
    ],
  },
  {
    name: 'smallest-numbers',
    mistake: 'a quotient by a subnormal difference, which overflows: ∞·0',
    examples: [{ x: [2 ** -1074, 0] }, { x: [0, 2 ** -1074, 2 ** -1060] }, { x: [2 ** -149, 0] }],
  },
];

function* inType({ examples }: Special, trial: Trial, dtype: FloatType): Iterable<Scores> {
  const list = typeof examples === 'function' ? examples(trial, dtype) : examples;
  for (const { x, shape = [x.length], mask, where = '' } of list)
    yield { x, shape, dtype, where, ...(mask ? { mask } : {}) };
}

/** The places that a row can end at are tried for one α of entmax; powers are dear to the oracle. */
const fewer = (trial: Trial, op: Forward | Backward, alpha: number): Trial => ({
  ...trial,
  quick: trial.quick || (takes(op, 'alpha') && alpha !== 1.5),
});

/** The smallest p is what the others leave of 1, below what a sum in float64 sees. */
const EDGES: readonly (readonly [alpha: number, dtype: FloatType, ...rows: readonly number[][]])[] = [
  [1.99, 'float64', [0.22613129125624923, -0.2945275512834739, -0.5420549567290927]],
  [1.9, 'float64', [1, 0.2, 1e-40]],
  [1.5, 'float64', [7.528453754916942, 5.528453754916944, -4], [1, 1, 1, 1, 1e-60]],
  [2, 'float64', [0.99, 0.01, 1e-40]],
  [1.000000001, 'float64', [0, -900, 3]],
  [3, 'float64', [0.5, 2 ** -60]],
  [10, 'float32', [0.9701542854309082, 0.8590431809425354, 0.8590431809425354, -0.5]],
  [1.001, 'float32', [4.331523418426514, -4.639388561248779, -995.5833740234375]],
  [5, 'float32', [0.0009765625, 0.0009765625, 0.0009765625, 0.0009765625, 6.795765589985107e-31]],
];

/** Rows with a value just inside of the support. */
export const edges = (op: Forward | Backward): readonly Case[] =>
  EDGES.filter(([alpha]) => takes(op, 'alpha') || alpha === 2).map(([alpha, dtype, ...rows]) => {
    const group = {
      category: 'special' as const,
      name: named(op, 'edge-of-the-support', alpha),
      mistake: 'a threshold as exact as float64: the smallest probability and its gradient are wrong',
      dtype,
    };
    const examples = rows.map((x) => ({ x, dy: x.map((_, k) => k + 1), dtype }));
    return op === 'sparsemaxGrad' || op === 'entmaxGrad'
      ? caseOf(backward(op, alpha), { ...group, examples })
      : caseOf(forward(op, alpha), { ...group, examples: examples.map(({ dy: _, ...example }) => example) });
  });

const DTYPES = ['float32', 'float64'] as const;
const ALPHAS = [1.5, 1.25, 2, 3, inf];

export const special = (op: Forward): readonly Case[] =>
  each(op, ALPHAS, (alpha) =>
    DTYPES.flatMap((dtype) =>
      SPECIALS.map((one) =>
        caseOf(forward(op, alpha), {
          category: 'special',
          name: named(op, one.name, alpha),
          mistake: one.mistake,
          dtype,
          examples: (trial) => inType(one, fewer(trial, op, alpha), dtype),
        }),
      ),
    ),
  );

export const specialGrad = (op: Backward): readonly Case[] =>
  each(op, [1.5, 1.25, 2, 3], (alpha) =>
    DTYPES.flatMap((dtype) => {
      const group = (name: string) => ({ category: 'special' as const, name: named(op, name, alpha), dtype });
      return [
        ...SPECIALS.map((one) =>
          caseOf(backward(op, alpha), {
            ...group(one.name),
            mistake: one.mistake,
            examples: (trial) => withCotangent(trial, inType(one, fewer(trial, op, alpha), dtype)),
          }),
        ),
        caseOf(backward(op, alpha), {
          ...group('cotangents-of-any-size'),
          mistake:
            's·dy summed before it is scaled to the row: sums and differences of large cotangents overflow',
          examples: (trial) => cotangentsOfAnySize(fewer(trial, op, alpha), dtype),
        }),
      ];
    }),
  );
