import type { FloatType } from '@softmax/core';
import type { Run } from '../../operations/log-cum-sum-exp.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';
import { type Special, valueAt } from '../distribution/places.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const SPECIALS: readonly Special[] = [
  valueAt('nan-at-every-place', 'NaN before its place, or lost after it', nan),
  valueAt('minus-infinity-at-every-place', '−inf − −inf, which is NaN, in a row that begins with −inf', -inf),
  valueAt('zero-at-every-place', 'a maximum that starts at 0', -0),
  valueAt('largest-numbers', 'exp without a shift, which overflows', 3e38),
  valueAt('all-but-one-at-the-bottom', 'a maximum that starts at some number, and not at −inf', -3.4e38),
  {
    name: 'nothing-possible-yet',
    mistake: 'log 0 of what came so far that is NaN: it is −inf, its gradient 0',
    examples: [
      { x: [-inf] },
      { x: [-inf, -inf, 1, -inf, 2] },
      { x: [-inf, -inf, -inf, 1, 2, -inf], shape: [2, 3] },
    ],
  },
  {
    name: 'slopes-below-the-normal-numbers',
    mistake: 'a product of powers that underflows before it meets the sum: 1e−314 is no 0',
    examples: [{ x: [358.25, -363.75, 382] }],
  },
  {
    name: 'tiny-sums',
    mistake: 'log(Σ e^x) of a sum near 1, which is 0',
    examples: [
      { x: [1e-20, Math.log(1e-20)] },
      { x: [0, -20, -80] },
      { x: [-20, 0] },
      { x: [-29, 0, -1], where: 'a maximum that comes late' },
      { x: [-80, -40, 0], where: 'one that comes by and by' },
      { x: [0, -100] },
      { x: [1e-30] },
    ],
  },
];

/** +inf, whose gradient is no number that everybody agrees on. */
const INFINITE = valueAt('plus-infinity-at-every-place', '+inf before its place, or NaN after it', inf);

/** Sums near 1, whose logarithm is small beside the maximum. */
const CANCELLING: Special = {
  name: 'sums-that-cancel-the-maximum',
  mistake: 'max + log1p(rest), whose digits are gone where the two cancel: 1e9 ulp of float64',
  examples: [
    { x: [Math.log(0.5), Math.log(0.5 + 2 ** -30)] },
    { x: [Math.log(0.25), Math.log(0.5), Math.log(0.25 - 2 ** -20), -30] },
  ],
};

const DTYPES: readonly FloatType[] = ['float32', 'float64'];

export const special = (operation: Operation<Run>): readonly Case[] =>
  DTYPES.flatMap((dtype) =>
    (operation.op === 'logCumSumExp' ? [...SPECIALS, INFINITE, CANCELLING] : SPECIALS).map(
      ({ name, mistake, examples }) => {
        function* inType(trial: Trial): Iterable<Run> {
          const list = typeof examples === 'function' ? examples(trial, dtype) : examples;
          // A sum for each place of each row: short ones suffice.
          for (const { x, shape = [x.length], where = '' } of list)
            if ((shape.at(-1) ?? 0) <= 33) yield { x, shape, dtype, where };
        }
        return caseOf(operation, { category: 'special', name, mistake, dtype, examples: inType });
      },
    ),
  );

export const cotangents = (operation: Operation<Run>): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'cotangents summed as they are, or divided by a power: sums and quotients of large ones overflow',
    (size, other): readonly Run[] => [
      { x: [1, 3, -2, 2, 30, -4], dy: [1.9, 1.9, -1.9, -1.5, 1.7, -1.9].map((v) => v * size) },
      { x: [5, 4, 3, 2], dy: [1.9 * size, -1.9 * size, 1.1 * other, 1.3 * other] },
      { x: [0, 31.5, 2, 1], dy: [0.5 * other, size, -size, size], where: 'a leap' },
    ],
  );
