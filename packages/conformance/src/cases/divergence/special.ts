import { isGradient, takes } from '../../operations/described.ts';
import type { Chances } from '../../operations/divergence.ts';
import { caseOf, type Group, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

type Special = Omit<Group<Chances>, 'category' | 'examples'> & { readonly examples: readonly Chances[] };

const BOTH: readonly Special[] = [
  {
    name: 'probability-0',
    mistake: '0·log 0 = NaN: it is 0, and so is the gradient there',
    examples: [
      { p: [0, 1], q: [0.5, 0.5] },
      { p: [0, 0.5, 0.5, 0], q: [0.25, 0.25, 0.25, 0.25] },
      { p: [0, 0], q: [0.5, 0.5], where: 'nothing at all' },
      { p: [-0, 1], q: [0.5, 0.5], where: '−0' },
      { p: [1], q: [1] },
    ],
  },
  {
    name: 'nan-in-a-row',
    mistake: 'NaN that is lost, or that reaches other rows',
    examples: [{ p: [nan, 0.5, 0.25, 0.75], q: [0.5, 0.5, 0.5, 0.5], shape: [2, 2] }],
  },
  {
    name: 'smallest-probabilities',
    mistake: 'subnormal probabilities clipped, or taken for 0',
    examples: [
      { p: [1e-45, 1], q: [0.5, 0.5] },
      { p: [1e-38, 1e-30], q: [1e-30, 1e-38] },
      { p: [1e-40, 1], q: [1e-40, 1] },
    ],
  },
  {
    name: 'not-a-distribution',
    mistake: 'probabilities that are normalised behind the back',
    examples: [
      { p: [2, 3], q: [1, 5] },
      { p: [0.1, 0.1], q: [0.25, 0.1] },
    ],
  },
];

/** Its gradient is a formula that nobody needs. */
const NEGATIVE: Special = {
  name: 'negative-probability',
  mistake: 'the logarithm of |p|: a negative probability is NaN',
  examples: [{ p: [-0.5, 1.5, 0.25, 0.75], q: [0.5, 0.5, 0.5, 0.5], shape: [2, 2] }],
};

const DIVERGENCE: readonly Special[] = [
  {
    name: 'what-q-makes-impossible',
    mistake: 'a q of 0 that is clipped, or 0/0 = NaN: +inf where p is not 0, and 0 where it is',
    examples: [
      { p: [0.5, 0.5], q: [1, 0] },
      { p: [1, 0], q: [1, 0] },
      { p: [0.5, 0.5, 1, 0], q: [1, 0, 0.5, 0.5], shape: [2, 2] },
    ],
  },
  {
    name: 'unread-where-p-is-0',
    mistake: '0·NaN: a q that is multiplied by 0, and not skipped',
    examples: [
      { p: [0, 1], q: [nan, 0.5] },
      { p: [0, 1], q: [inf, 0.5] },
      { p: [0, 1], q: [-1, 0.5] },
    ],
  },
  {
    name: 'nan-in-q',
    mistake: 'NaN of q that is lost',
    examples: [{ p: [0.5, 0.5, 1, 0], q: [nan, 1, 0.5, 0.5], shape: [2, 2] }],
  },
  {
    name: 'equal-distributions',
    mistake: 'a divergence from itself that is not exactly 0',
    examples: [
      { p: [0.1, 0.2, 0.7], q: [0.1, 0.2, 0.7] },
      { p: [1e-45, 1], q: [1e-45, 1] },
    ],
  },
];

/** Quotients that float64 cannot hold, of numbers that it can. */
const QUOTIENTS: Special = {
  name: 'quotients-beyond-float64',
  mistake: 'log(p/q) where p/q overflows: KL is 744 and not +inf',
  examples: [
    { p: [1, 0.5], q: [5e-324, 0.5] },
    { p: [0.5, 0.5], q: [1e-310, 1] },
    { p: [5e-324, 1], q: [8, 1], where: 'and where it vanishes' },
  ],
};

export const special = (operation: Operation<Chances>): readonly Case[] =>
  (['float32', 'float64'] as const).flatMap((dtype) => {
    const divergence = dtype === 'float64' ? [...DIVERGENCE, QUOTIENTS] : DIVERGENCE;
    const negative = isGradient(operation.op) ? [] : [NEGATIVE];
    return [...BOTH, ...negative, ...(takes(operation.op, 'q') ? divergence : [])].map((group) =>
      caseOf(operation, {
        ...group,
        category: 'special',
        dtype,
        examples: group.examples.map((example) => ({ ...example, dtype })),
      }),
    );
  });

export const cotangents = (operation: Operation<Chances>): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'dy·p divided by q last, or dy times a logarithm that the rest makes small: it overflows',
    (size, other): readonly Chances[] => [
      {
        p: [0.5, 0.375, 0.125, 0.25, 0.5, 0.25],
        q: [0.75, 0.4375, 0.8125, 0.75, 0.875, 0.625],
        shape: [2, 3],
        dy: [1.9 * size, -1.3 * other],
      },
    ],
  );
