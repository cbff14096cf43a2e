import type { Pairs } from '../../operations/log-add-exp.ts';
import { caseOf, type Group, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

type Special = Omit<Group<Pairs>, 'category' | 'examples'> & { readonly examples: readonly Pairs[] };

const SPECIALS: readonly Special[] = [
  {
    name: 'minus-infinities',
    mistake: '−inf − −inf, which is NaN: equal infinities give that infinity, with gradients of 0',
    examples: [{ a: [-inf, -inf, 1, -3e38], b: [-inf, 2, -inf, -inf] }],
  },
  {
    name: 'nan',
    mistake: 'NaN lost in a max, or that reaches its neighbours',
    examples: [{ a: [nan, 1, nan, 0, 5], b: [1, nan, nan, 0, 6] }],
  },
  {
    name: 'equal-numbers',
    mistake: 'a difference of 0, or of −0, that is not told: the sum is log 2 above them',
    examples: [
      {
        a: [0, -0, 0, 1000, -1000, 3e38, -3e38, 2 ** -149],
        b: [0, 0, -0, 1000, -1000, 3e38, -3e38, 2 ** -149],
      },
    ],
  },
  {
    name: 'far-apart',
    mistake: 'e^(a − b) the wrong way round, which overflows',
    examples: [
      { a: [1000, -1000, 3e38, -3e38, 0, 0, 88.8, 745.2], b: [-1000, 1000, -3e38, 3e38, -104, 104, 0, 0] },
    ],
  },
  {
    name: 'tiny-sums',
    mistake: 'log(1 + e^d) of a sum near 1, which is 0',
    examples: [{ a: [1e-20, 0, 0, 0, -20, -80], b: [Math.log(1e-20), -20, -80, -100, 0, 0] }],
  },
];

/** Sums that cancel their maximum, which only a wider format can hold. */
const CANCELLING: Special = {
  name: 'sums-that-cancel-the-maximum',
  mistake: 'max + log1p(e^d) in float32, where the two cancel',
  examples: [{ a: [-Math.LN2, -0.5, -0.25], b: [-Math.LN2, -0.9327521, -1.5087] }],
};

/** +inf, whose gradient is no number that everybody agrees on. */
const INFINITE: Special = {
  name: 'plus-infinities',
  mistake: 'inf − inf, which is NaN: the sum is +inf',
  examples: [{ a: [inf, inf, -inf, 1, inf], b: [inf, 1, inf, inf, -inf] }],
};

export const special = (operation: Operation<Pairs>): readonly Case[] =>
  (['float32', 'float64'] as const).flatMap((dtype) =>
    [
      ...SPECIALS,
      ...(operation.op === 'logAddExp' ? [INFINITE] : []),
      ...(dtype === 'float32' ? [CANCELLING] : []),
    ].map((group) =>
      caseOf(operation, {
        ...group,
        category: 'special',
        dtype,
        examples: group.examples.map((example) => ({ ...example, dtype })),
      }),
    ),
  );

export const cotangents = (operation: Operation<Pairs>): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'dy·e^a divided by the sum last: it overflows',
    (size, other): readonly Pairs[] => [
      { a: [3, -2, 0.5], b: [1, 2, 20], dy: [1.9 * size, -1.9 * size, -1.3 * other] },
    ],
  );
