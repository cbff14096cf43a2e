import type { Labelled } from '../../operations/cross-entropy.ts';
import { caseOf, type Group } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { cotangentsOfClasses } from '../cross-entropy/special.ts';
import { lossesOfAnySize, weightsOfAnySize } from '../magnitudes.ts';
import { each, type Loss } from './alphas.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const pair = { shape: [2, 2], target: [0, -100] };

const SPECIALS: readonly (Omit<Group<Labelled>, 'category' | 'examples'> & {
  examples: readonly Labelled[];
})[] = [
  {
    name: 'nan-and-plus-infinity',
    mistake: 'NaN that is lost, that reaches other rows, or a loss of +inf scores: it is NaN',
    examples: [nan, inf].flatMap((bad) => [
      { x: [bad, 1, 2, 3], shape: [2, 2], target: [1, 0], reduction: 'none' },
      { x: [0, 1, 2, bad], shape: [2, 2], target: [1, 1], reduction: 'none' },
      { x: [0, 1, 2, bad], shape: [2, 2], target: [1, 0], reduction: 'sum' },
      { x: [0, bad, -inf], target: [0], where: 'beside −inf' },
    ]),
  },
  {
    name: 'ignored-rows-are-not-read',
    mistake: '0·∞: a row of weight 0 that is multiplied and not skipped (value and gradient)',
    examples: [nan, inf, -inf, 3e38].flatMap((bad) => [
      { ...pair, x: [1, 2, bad, bad], where: `an ignored row of ${bad}` },
      { ...pair, x: [1, 2, bad, 0], reduction: 'none', where: `an ignored row with ${bad}` },
      { shape: [2, 2], target: [0, 1], tokenWeight: [1, 0], x: [1, 2, bad, 0], where: `weight 0, ${bad}` },
    ]),
  },
  {
    name: 'minus-infinity',
    mistake:
      '0·(−inf) in ⟨p, x⟩ outside of the support; at the target the loss is +inf, with gradient 0 there',
    examples: [
      { x: [-inf, 1, 2], target: [2] },
      { x: [-inf, 1, -inf], target: [1] },
      { x: [-inf, 1, 2], target: [0] },
      { x: [-inf, 1, 2, 1, 2, 3], shape: [2, 3], target: [0, 1], reduction: 'none' },
      { x: [-inf, -inf], target: [0], where: 'only −inf' },
      { x: [nan, 1, 2], target: [2], mask: [false, true, true], where: 'masked' },
    ],
  },
  {
    name: 'margins',
    mistake: 'a loss of about 0 that is negative, or that is not exactly 0 beyond the margin',
    examples: [
      { x: [3, 1, 0], target: [0] },
      { x: [1, 0], target: [0] },
      { x: [2, 0], target: [0] },
      { x: [4, 0], target: [0] },
      { x: [1, 2 ** -20], target: [0] },
      { x: [2, 2 ** -20], target: [0] },
      { x: [1e8, 0], target: [0] },
      { x: [5], target: [0] },
    ],
  },
  {
    name: 'far-off',
    mistake: 'sums of scores that overflow or lose their digits (tensorflow/addons #2314)',
    examples: [
      { x: [1e8, 0], target: [1] },
      { x: [1e8, 1e8 - 8, 1e8], target: [1] },
      { x: [3e38, -3e37, 0], target: [1] },
      { x: [1e4, 0, -1e4], target: [2] },
      { x: [0, -3.5, 0.25], target: [1] },
    ],
  },
  {
    name: 'nothing-that-counts',
    mistake: 'a mean of nothing that is NaN: it is 0 with gradient 0',
    examples: [
      { x: [1, 2, 3, 4], shape: [2, 2], target: [-100, -100] },
      { x: [1, 2, 3, 4], shape: [2, 2], target: [1, 0], tokenWeight: [0, 0] },
      { x: [1, 2, 3, 4], shape: [2, 2], target: [1, 0], ignoreIndex: 1 },
    ],
  },
];

export const special = (op: Loss): readonly Case[] =>
  each(op, [1.5, 2, 1.25, 3], (operation, named) =>
    (['float32', 'float64'] as const).flatMap((dtype) =>
      SPECIALS.map(({ name, mistake, examples }) =>
        caseOf(operation, {
          category: 'special',
          name: named(name),
          mistake,
          dtype,
          examples: examples.map((example) => ({ ...example, dtype })),
        }),
      ),
    ),
  );

const PAIR = { x: [1, 0.5, -2, -1.75], shape: [2, 2], target: [0, 1] };

export const magnitudes = (op: Loss): readonly Case[] =>
  each(op, [1.5, 3], (operation, named) => [
    ...weightsOfAnySize(operation, PAIR, named('weights-of-any-size')),
    ...lossesOfAnySize(operation, (x) => ({ x, shape: [2, 2], target: [1, 1] }), named('losses-of-any-size')),
  ]);

/** p of the target is below all numbers, p^{α − 1} is not. */
const UNDERFLOWS: readonly Labelled[] = [
  { x: [0, -600], target: [1] },
  { x: [0, -900], target: [1] },
  { x: [4.25, -995.5, -4.5], target: [1] },
  { x: [0, -1000], target: [1] },
];

export const underflows = (op: Loss): readonly Case[] =>
  each(op, [1.001, 1.0001], (operation, named) =>
    (['float32', 'float64'] as const).map((dtype) =>
      caseOf(operation, {
        category: 'special',
        name: named('underflowing-target'),
        mistake: 'p^(α − 1) of a p that underflows: a loss of 1/(α − 1), not of the distance',
        dtype,
        examples: UNDERFLOWS.map((example) => ({ ...example, dtype })),
      }),
    ),
  );

export const cotangents = (op: Loss): readonly Case[] =>
  each(op, [1.5, 3], (operation, named) => cotangentsOfClasses(operation, named('cotangents-of-any-size')));
