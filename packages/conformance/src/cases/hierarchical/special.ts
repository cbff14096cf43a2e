import type { Branches } from '../../operations/branches.ts';
import { takes } from '../../operations/described.ts';
import { type Operation, specialsOf } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { lossesOfAnySize, weightsOfAnySize } from '../magnitudes.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const PAIR = [0, 1] as const;
const THREE = [0, 1, 2] as const;
const NESTED = [[0, 1], 2] as const;

interface Special {
  readonly name: string;
  readonly mistake: string;
  readonly examples: readonly Branches[];
}

/** The target of a loss is 0 where none is given. */
const at = (z: number, more: Partial<Branches> = {}): Branches => ({
  h: [1],
  weight: [z],
  tree: PAIR,
  target: [0],
  where: `z = ${z}`,
  ...more,
});

const SPECIALS: readonly Special[] = [
  {
    name: 'log-sigmoid-tail',
    mistake: 'a table or a clip of ±6 (word2vec), log(σ) that is 0 or −inf: −4.2e−18 and −1000 are right',
    examples: [40, -40, -1000, 1000, 6, -6, 0.001, 100, -100, 20, 1e-30, 3e38, -3e38].flatMap((z) => [
      at(z),
      at(z, { target: [1], where: `z = ${z}, the second` }),
    ]),
  },
  {
    name: 'zero-and-subnormal',
    mistake: 'a zero or subnormal feature or weight that is anything else than almost nothing',
    examples: [0, -0, 2 ** -149, -(2 ** -149)].flatMap((z) => [at(z), at(1, { h: [z] })]),
  },
  {
    name: 'nan-row',
    mistake: 'a NaN that is lost in a max, or that reaches another row',
    examples: [
      { h: [nan, 0], weight: [1, 1], tree: NESTED, target: [0, 1], reduction: 'none' },
      { h: [0, nan, 1], weight: [1, 2, 3], tree: THREE, target: [0, 1, 2], reduction: 'none' },
    ],
  },
  {
    name: 'infinite-logit-of-two',
    mistake: 'inf − inf: with two children an infinite logit decides for sure',
    examples: [inf, -inf].flatMap((bias) => [
      at(0, { bias: [bias], target: [bias > 0 ? 0 : 1], where: `bias ${bias}` }),
      { h: [1], weight: [0, 0], bias: [0, bias], tree: NESTED, target: [2], where: `bias ${bias} below` },
    ]),
  },
  {
    name: 'infinite-logit-of-three',
    mistake: '+inf that is taken for certainty: as in softmax it is NaN',
    examples: [{ h: [1], weight: [0, 0, 0], bias: [0, inf, 0], tree: THREE, target: [0] }],
  },
  {
    name: 'impossible-child',
    mistake: 'a −inf logit with a gradient, or with a probability',
    examples: [
      { h: [1], weight: [1, 1, 1], bias: [0, -inf, 0], tree: THREE, target: [2] },
      { h: [1], weight: [0, 0, 0, 0], bias: [-inf, 1, 2, 3], tree: [[0, 1], 2, 3], target: [3] },
    ],
  },
  {
    name: 'lost-below-impossible',
    mistake:
      '0·NaN: leaves below an impossible node have probability 0 and no gradient, whatever the weights are',
    examples: [
      { h: [1], weight: [0, 0, 0, nan], bias: [-inf, 1, 2, 3], tree: [[0, 1], 2, 3], target: [3] },
      { h: [1, -1], weight: [0, nan], bias: [-inf, 0], tree: [[0, 1], 2], target: [2, 2] },
    ],
  },
  {
    name: 'impossible-in-a-lost-decision',
    mistake: 'a gradient of a −inf logit, or of what is below it, because a sibling is NaN or +inf',
    examples: [nan, inf].flatMap((bad) => [
      { h: [1], weight: [0, 0, 0, 5], bias: [-inf, bad, 2, 3], tree: [[0, 1], 2, 3], target: [3] },
      { h: [1, 1], weight: [0, 0, 0, 5], bias: [bad, -inf, 2, 3], tree: [[0, 1], 2, 3], target: [0, 2] },
    ]),
  },
  {
    name: 'only-children',
    mistake: 'an only child that takes a weight row, or is less than certain',
    examples: [
      { h: [1, 2], weight: [0.5], tree: [[[0]], [[1]]], target: [1, 0] },
      { h: [1], weight: [0.5, 1, -1], tree: [[[0], 1, [[2]]]], target: [2] },
    ],
  },
  {
    name: 'ties',
    mistake: 'different results for equal logits',
    examples: [
      { h: [1], weight: [0, 0], tree: NESTED, target: [1] },
      { h: [1, 1], weight: [5, 5, 5], tree: THREE, target: [1, 2] },
    ],
  },
];

const LOSSES: readonly Special[] = [
  {
    name: 'ignored-nan',
    mistake: 'an ignored row, or one of weight 0, that is read: 0·NaN',
    examples: (['mean', 'sum', 'none'] as const).map((reduction) => ({
      h: [nan, 1, nan],
      weight: [0, 0],
      tree: NESTED,
      target: [-100, 2, 0],
      tokenWeight: [1, 1, 0],
      dy: reduction === 'none' ? [1, 1, 1] : 1,
      reduction,
      where: reduction,
    })),
  },
  {
    name: 'impossible-target',
    mistake: 'a loss that is clipped: under a certain decision against it, it is +inf',
    examples: [
      { h: [1], weight: [0, 0, 0], bias: [1, -inf, 1], tree: THREE, target: [1] },
      { h: [1], weight: [0, 0], bias: [0, inf], tree: NESTED, target: [1] },
    ],
  },
  {
    name: 'target-below-impossible',
    mistake:
      'inf + NaN: under a decision that is certain against it a target has loss +inf, and nothing below a gradient',
    examples: [
      { h: [1], weight: [0, 0, 0, nan], bias: [-inf, 1, 2, 3], tree: [[0, 1], 2, 3], target: [1] },
      {
        h: [1],
        weight: [0, 0, 0, 5],
        bias: [-inf, 1, 2, 3],
        tree: [[0, 1], 2, 3],
        target: [0],
        where: 'no NaN',
      },
      {
        h: [1, 2, 3],
        weight: [1, 0, nan],
        bias: [0, -inf, 0],
        tree: [[[0, 1], 2], 3],
        target: [0, 3, 2],
        reduction: 'none',
        where: 'beside targets that are possible',
      },
      {
        h: [1],
        weight: [nan, 0],
        bias: [0, -inf],
        tree: NESTED,
        target: [0],
        where: 'a NaN above, which is lost',
      },
    ],
  },
  {
    name: 'nothing-that-counts',
    mistake: 'a mean of nothing that is NaN',
    examples: [
      { h: [nan, 1], weight: [0, 0], tree: NESTED, target: [-100, -100] },
      { h: [1, 2], weight: [0, 0], tree: NESTED, target: [1, 0], tokenWeight: [0, 0], reduction: 'sum' },
    ],
  },
];

export const special = (operation: Operation<Branches>): readonly Case[] => {
  const { op } = operation;
  // A log-probability takes no weights.
  const losses = !takes(op, 'tokenWeight') ? LOSSES.filter(({ name }) => name.includes('target')) : LOSSES;
  const own = takes(op, 'target') ? [...SPECIALS, ...losses] : SPECIALS;
  const rows: Branches = { h: [1, -0.5], weight: [0.5, -1], tree: NESTED, target: [1, 2] };
  const large = (h: readonly number[]): Branches => ({ h, weight: [1], tree: PAIR, target: [0, 0] });
  const magnitudes = takes(op, 'tokenWeight')
    ? [
        ...weightsOfAnySize(operation, rows),
        ...lossesOfAnySize(operation, ([_, first = 0, __, second = 0]) => large([first, second])),
      ]
    : [];
  return [...specialsOf(operation, own), ...magnitudes];
};
