import { caseOf, type Group, type Operation } from '../../operations/operation.ts';
import type { SignedTerms } from '../../operations/signed-log-sum-exp.ts';
import type { Case } from '../../plan/case.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

type Special = Omit<Group<SignedTerms>, 'category' | 'examples'> & {
  readonly examples: readonly SignedTerms[];
};

const SPECIALS: readonly Special[] = [
  {
    name: 'factor-0-removes-a-term',
    mistake: '0·NaN or 0·∞: a term with b = 0 that is read, or that sets the maximum',
    examples: [nan, inf, -inf, 3e38, 1e9].flatMap((bad) => [
      { x: [bad, 1, 2], b: [0, 1, 2], where: `b = 0 at ${bad}` },
      { x: [1, bad, 2], b: [1, -0, -2], where: `b = −0 at ${bad}` },
    ]),
  },
  {
    name: 'masked-factor',
    mistake: 'a masked b or x that is read',
    examples: [nan, inf, 1e9].flatMap((bad) => [
      { x: [bad, 1, 2], b: [1, 1, 2], mask: [false, true, true] },
      { x: [5, 1, 2], b: [bad, 1, 2], mask: [false, true, true] },
    ]),
  },
  {
    name: 'negative-sum',
    mistake: 'log |Σ| where no sign was asked for: a negative sum is NaN then',
    examples: [
      { x: [1, 2], b: [1, -1], returnSign: false },
      { x: [1, 2], b: [1, -1] },
      { x: [1, 2, 1, 2], b: [1, -1, -1, 1], shape: [2, 2], returnSign: false, where: 'in one row' },
      { x: [1, 2], b: [-1, -1] },
    ],
  },
  {
    name: 'nothing-there',
    mistake: 'the logarithm of no term that is NaN: −inf with sign 0',
    examples: [
      { x: [-inf, -inf], b: [1, -2] },
      { x: [1, 2], b: [0, 0] },
      { x: [nan, inf], b: [0, 0] },
      { x: [1, 2], b: [1, 1], mask: [false, false] },
      { x: [-inf, 3], b: [-2, 1] },
    ],
  },
  {
    name: 'tiny-sums',
    mistake: 'log(Σ) where log1p is meant',
    examples: [
      { x: [0, -40], b: [1, 1] },
      { x: [0, -40], b: [1, -1] },
      { x: [0, -80], b: [-1, -3] },
      { x: [1e-20], b: [1] },
    ],
  },
  {
    name: 'factors-of-every-size',
    mistake: 'the largest x taken for the largest term, whatever its factor is',
    examples: [
      { x: [80, 0], b: [1e-35, 1] },
      { x: [-80, 0], b: [3e38, 1e-30] },
      { x: [1000, 0], b: [1e-38, 3e38] },
      { x: [0, 1], b: [1e-45, 1e-45] },
      { x: [3e38, 1], b: [2, 1] },
    ],
  },
];

const BACKWARD: readonly Special[] = [
  {
    name: 'gradient-at-exact-cancellation',
    mistake: 'a slope of 0 or NaN where the sum is 0: it is ±∞ with the sign of dy·b, and 0 where dy is 0',
    examples: [
      { x: [1, 1], b: [1, -1], dy: [2] },
      { x: [1, 1, -inf, 7], b: [-2, 2, 1, 0], dy: [-1], where: 'beside terms that take no part' },
      { x: [5, 5, 5], b: [1, 2, -3], dy: [0], where: 'dy = 0' },
    ],
  },
];

/** Where gradients are infinite, or no numbers that everybody agrees on. */
const FORWARD: readonly Special[] = [
  {
    name: 'exact-cancellation',
    mistake: 'quotients of factors that do not cancel: 1 + 2 − 3 is 0, with sign 0 and logarithm −inf',
    examples: [
      { x: [1, 1], b: [1, -1] },
      { x: [5, 5, 5], b: [1, 2, -3] },
      { x: [-2, -2, -2], b: [0.375, -0.1875, -0.1875] },
      { x: [1, 1, 3, 3], b: [5, -5, 1, 1], shape: [2, 2], returnSign: false },
      { x: [0, 0, 0], b: [2.5, -1, -0.5], where: 'down to 1, whose logarithm is 0' },
      { x: [0, 0, 0], b: [-2.5, 1, 0.5], where: 'down to −1' },
    ],
  },
  {
    name: 'sums-that-cancel-the-maximum',
    mistake: 'x + log b + log1p(rest), whose digits are gone where they cancel: 1e9 ulp of float64',
    examples: [
      { x: [Math.log(0.5), Math.log(0.5 + 2 ** -30)], b: [1, 1] },
      {
        x: [Math.log(0.5), 1000, Math.log(0.25 + 2 ** -20)],
        b: [1, 0, 2],
        where: 'beside a term that is none',
      },
      { x: [Math.log(2) + 2 ** -30], b: [0.5], where: 'x and log b' },
    ],
  },
  {
    name: 'sums-that-cancel',
    mistake:
      'a sum taken for 0 whose terms differ by less than float64 shows: what cancels is decided by the sum',
    examples: [
      { x: [0, 1e-17], b: [-1, 1] },
      { x: [0.001, 0], b: [1, -1] },
      { x: [-1e-17, -3e-17], b: [0.5, 0.5], where: 'near 0' },
      { x: [1, 1, -600], b: [1, -1, 1], where: 'down to a term that is nothing beside the others' },
    ],
  },
  {
    name: 'infinite-terms',
    mistake: 'inf − inf where the signs agree, or +inf where they do not',
    examples: [
      { x: [inf, 1], b: [2, 1] },
      { x: [inf, 1], b: [-2, 1] },
      { x: [inf, 1, inf], b: [1, 1, 3] },
      { x: [inf, inf], b: [1, -1] },
      { x: [inf, nan], b: [1, 1] },
      { x: [inf, 1], b: [-1, 1], returnSign: false },
    ],
  },
  {
    name: 'not-a-number',
    mistake: 'NaN that is lost, or that reaches other rows',
    examples: [
      { x: [nan, 1, 1, 2], b: [1, 1, 1, 1], shape: [2, 2] },
      { x: [1, 2, 3, nan], b: [1, -1, 1, -1], shape: [2, 2] },
      { x: [1, 2], b: [nan, 1] },
      { x: [nan, 2], b: [1, 0], where: 'the only term' },
    ],
  },
];

/** Of one type alone: as float32 these differ by what float64 shows. */
const DEEP: Special & { readonly dtype: 'float64' } = {
  name: 'a-sum-below-float64',
  mistake: 'a sum of 2⁻⁵⁴ of its terms taken for 0: double-double shows what float64 does not',
  dtype: 'float64',
  examples: [{ x: [Math.LN2, 0, 0], b: [1, -1, -1], dtype: 'float64' }],
};

export const special = (operation: Operation<SignedTerms>): readonly Case[] => [
  ...(['float32', 'float64'] as const).flatMap((dtype) =>
    [...SPECIALS, ...(operation.op === 'logSumExp' ? FORWARD : BACKWARD)].map((group) =>
      caseOf(operation, {
        ...group,
        name: `signed-${group.name}`,
        category: 'special',
        dtype,
        examples: group.examples.map((example) => ({ ...example, dtype })),
      }),
    ),
  ),
  ...(operation.op === 'logSumExp' ? [caseOf(operation, { ...DEEP, category: 'special' })] : []),
];

export const cotangents = (operation: Operation<SignedTerms>): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'dy divided by a small sum before it is multiplied by a smaller term: it overflows',
    (size, other): readonly SignedTerms[] => [
      {
        x: [3, -2, 0.5, 1, 2, -1],
        b: [1, -2, 0.5, 1, -0.25, 3],
        shape: [2, 3],
        dy: [1.9 * size, -1.3 * other],
      },
      { x: [1, 1, -20], b: [1, -0.9375, 0.5], dy: [1.9 * size], where: 'a sum that cancels' },
    ],
    'signed-cotangents-of-any-size',
  );
