import type { FloatType } from '@softmax/core';
import { isGradient } from '../../operations/described.ts';
import type { Terms } from '../../operations/log-sum-exp.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';
import { everyMask, type Special, valueAt } from '../distribution/places.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const SPECIALS: readonly Special[] = [
  valueAt('nan-at-every-place', 'NaN lost in a vector max (mindspore #378)', nan),
  valueAt('minus-infinity-at-every-place', '−inf − −inf, which is NaN', -inf),
  valueAt('zero-at-every-place', 'a max that starts at 0, or takes −0 and 0 for different numbers', -0),
  valueAt('subnormal-logits', 'subnormal inputs read as something else than almost 0', 2 ** -149),
  valueAt('largest-numbers', 'exp without a shift by the max, which overflows', 3e38),
  valueAt('all-but-one-at-the-bottom', 'a max that starts at some number, and not at −inf', -3.4e38),
  {
    name: 'masked-at-every-place',
    mistake: 'a masked value that is read',
    examples: (trial, dtype) => everyMask(trial, dtype, [nan, inf, -inf, 3e38, 1e9, -1]),
  },
  {
    name: 'nothing-possible',
    mistake:
      'log-sum-exp of only −inf that is NaN (onnxruntime #28461), or −93.13 of nothing: it is −inf, its gradient 0',
    examples: [
      { x: [-inf] },
      { x: [-inf, -inf, -inf, 1, 2, -inf], shape: [2, 3] },
      { x: [1, 2, nan, inf], shape: [2, 2], mask: [true, true, false, false] },
      { x: [-inf, 5, -inf, 6], shape: [2, 2], mask: [true, false, true, true] },
    ],
  },
  {
    name: 'minus-infinity-in-a-lost-row',
    mistake: 'a gradient of NaN at −inf, where it is 0, because another term is NaN',
    examples: [
      { x: [-inf, 1, nan, 2, 0, 1, 2, 3], shape: [2, 4] },
      { x: [nan, -inf, 1], mask: [true, true, false] },
    ],
  },
  {
    name: 'tiny-sums',
    mistake: 'log(Σ e^x) of a sum near 1, which is 0',
    examples: [
      { x: [1e-20, Math.log(1e-20)] },
      { x: [0, -20] },
      { x: [0, -80] },
      { x: [0, -100] },
      { x: [1e-30] },
    ],
  },
];

/** +inf, whose gradient is no number that everybody agrees on. */
const INFINITE: Special = valueAt(
  'plus-infinity-at-every-place',
  'a term of +inf that is NaN: the sum is +inf',
  inf,
);

const DTYPES: readonly FloatType[] = ['float32', 'float64'];

export const special = (operation: Operation<Terms>): readonly Case[] =>
  DTYPES.flatMap((dtype) =>
    (!isGradient(operation.op) ? [...SPECIALS, INFINITE] : SPECIALS).map(({ name, mistake, examples }) => {
      function* inType(trial: Trial): Iterable<Terms> {
        const list = typeof examples === 'function' ? examples(trial, dtype) : examples;
        for (const { x, shape = [x.length], mask, where = '' } of list)
          yield { x, shape, dtype, where, ...(mask ? { mask } : {}) };
      }
      return caseOf(operation, { category: 'special', name, mistake, dtype, examples: inType });
    }),
  );

export const cotangents = (operation: Operation<Terms>): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'dy·e^x divided by the sum last, or a quotient of dy: it overflows',
    (size, other): readonly Terms[] => [
      { x: [3, -2, 0.5, 1, 2, -1], shape: [2, 3], dy: [1.9 * size, -1.3 * other] },
    ],
  );
