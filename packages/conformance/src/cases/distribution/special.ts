import type { FloatType } from '@softmax/core';
import { forwardOf } from '../../operations/described.ts';
import {
  type Backward,
  backward,
  type Forward,
  forward,
  type Logits,
} from '../../operations/distribution.ts';
import { caseOf } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { emptyRows } from './empty-rows.ts';
import { limits } from './limits.ts';
import {
  cotangentsOfAnySize,
  everyMask,
  everyPlace,
  farBelow,
  type Special,
  valueAt,
  withCotangent,
} from './places.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** What every operation on a distribution must survive; `impossible` is −inf, +inf where x is negated. */
const specials = (sign: 1 | -1): readonly Special[] => [
  valueAt(
    'nan-at-every-place',
    'NaN lost in a vector max (mindspore #378) or by a shader that assumes there is none (WGSL), or spread to other rows (pytorch #41508)',
    nan,
  ),
  valueAt(
    'plus-infinity-at-every-place',
    '+inf that is 0 on one device and NaN on another (openvino #35897)',
    sign * inf,
  ),
  valueAt('minus-infinity-at-every-place', '−inf − −inf, which is NaN (onnxruntime #4129)', sign * -inf),
  valueAt('zero-at-every-place', 'a max that starts at 0, or takes −0 and 0 for different numbers', -0),
  valueAt('subnormal-logits', 'subnormal inputs read as something else than almost 0', 2 ** -149),
  valueAt(
    'mask-of-minus-1e9',
    'a large finite penalty taken for −inf, or that overflows (tfjs #5394, #7588)',
    sign * -1e9,
  ),
  valueAt('largest-numbers', 'exp without a shift by the max, which overflows', sign * 3e38),
  valueAt('all-but-one-at-the-bottom', 'a max that starts at some number, and not at −inf', sign * -3.4e38),
  {
    name: 'far-below-by-a-power-of-two',
    mistake:
      'a logit of −2 907 270 that got a probability of 0.08: its rounded exponent ends in the bits of a near one',
    examples: (_, dtype) => farBelow(dtype, sign),
  },
  {
    name: 'masked-at-every-place',
    mistake: 'a masked value that is read: NaN and infinities where nobody looks',
    examples: (trial, dtype) => everyMask(trial, dtype, [nan, inf, -inf, 3e38, 1e9, -1]),
  },
  {
    name: 'minus-infinity-for-all-but-one',
    mistake: 'a running sum of a row that starts with −inf (mlx #1467)',
    examples: (trial, dtype) =>
      everyPlace(trial, dtype, (row, k) => {
        row.fill(sign * -inf).splice(k, 1, 1.5);
      }),
  },
  {
    name: 'minus-infinity-in-a-lost-row',
    mistake: 'a gradient of NaN at −inf, where it is 0, because another logit is NaN or +inf',
    examples: [nan, sign * inf].flatMap((bad) => [
      { x: [sign * -inf, 1, bad, 2, 0, 1, 2, 3], shape: [2, 4] },
      { x: [bad, sign * -inf, 1], mask: [true, true, false] },
    ]),
  },
  ...emptyRows(sign),
  ...limits(sign),
];

const signOf = (op: Forward | Backward): 1 | -1 => (forwardOf(op) === 'softmin' ? -1 : 1);
const DTYPES = ['float32', 'float64'] as const;

function* inType({ examples }: Special, trial: Trial, dtype: FloatType): Iterable<Logits> {
  for (const example of typeof examples === 'function' ? examples(trial, dtype) : examples)
    yield { ...example, dtype };
}

export const special = (op: Forward): readonly Case[] =>
  DTYPES.flatMap((dtype) =>
    specials(signOf(op)).map((each) => {
      const { name, mistake } = each;
      const examples = (trial: Trial) => inType(each, trial, dtype);
      return caseOf(forward(op), { category: 'special', name, mistake, dtype, examples });
    }),
  );

export const specialGrad = (op: Backward): readonly Case[] => [
  ...DTYPES.flatMap((dtype) =>
    specials(signOf(op)).map((each) => {
      const { name, mistake } = each;
      const examples = (trial: Trial) => withCotangent(trial, inType(each, trial, dtype));
      return caseOf(backward(op), { category: 'special', name, mistake, dtype, examples });
    }),
  ),
  ...DTYPES.map((dtype) =>
    caseOf(backward(op), {
      category: 'special',
      name: 'cotangents-of-any-size',
      mistake:
        'p·dy summed before it is scaled to the row: large exponentials times large cotangents overflow',
      dtype,
      examples: (trial) => cotangentsOfAnySize(trial, dtype),
    }),
  ),
];
