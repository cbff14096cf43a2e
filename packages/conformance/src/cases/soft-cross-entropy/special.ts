import { type Group, type Operation, specialsOf } from '../../operations/operation.ts';
import type { Likely } from '../../operations/soft-cross-entropy.ts';
import type { Case } from '../../plan/case.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';
import { classWeightsOfAnySize, lossesOfAnySize, weightsOfAnySize } from '../magnitudes.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const SPECIALS: readonly (Omit<Group<Likely>, 'category' | 'examples'> & {
  readonly examples: readonly Likely[];
})[] = [
  {
    name: 'probability-0-of-an-impossible-class',
    mistake: '0·(−inf) = NaN: an impossible class that is not asked for contributes 0',
    examples: [
      { x: [-inf, 1, 2], probabilities: [0, 0.25, 0.75] },
      { x: [-inf, 1, -inf], probabilities: [0, 1, 0], zLoss: 0.1 },
      { x: [-inf, 1, 2], probabilities: [0, 1, 0], labelSmoothing: 0.1, weight: [0, 1, 2] },
      { x: [0, 1, 2], probabilities: [-0, 1, 0], where: 'a probability of −0' },
    ],
  },
  {
    name: 'impossible-class-asked-for',
    mistake: 'a loss that is clipped: it is +inf',
    examples: [
      { x: [-inf, 1, 2], probabilities: [0.5, 0.5, 0] },
      { x: [-inf, 1, 2, 1, 2, 3], shape: [2, 3], probabilities: [1e-30, 1, 0, 0, 0, 1], reduction: 'none' },
      { x: [-inf, 1, 2], probabilities: [0, 0, 1], labelSmoothing: 0.1, where: 'through smoothing' },
    ],
  },
  {
    name: 'nan-and-infinity-in-a-row',
    mistake: 'NaN that is lost, or that reaches the losses of other rows',
    examples: [
      { x: [nan, 1, 2, 3], shape: [2, 2], probabilities: [0, 1, 1, 0], reduction: 'none' },
      { x: [inf, 1, 2, 3], shape: [2, 2], probabilities: [0.5, 0.5, 1, 0], reduction: 'none' },
      { x: [0, 1, 2, 3], shape: [2, 2], probabilities: [0.5, nan, 1, 0], reduction: 'none' },
      { x: [0, 1, 2, nan], shape: [2, 2], probabilities: [0, 1, 1, 0], reduction: 'sum' },
    ],
  },
  {
    name: 'classes-that-count-for-nothing-in-a-lost-row',
    mistake: 'NaN as the gradient of a −inf logit, or of the target of a class of weight 0: both are 0',
    examples: [nan, inf].map((bad) => ({
      x: [-inf, 1, bad, 2],
      probabilities: [0.25, 0.25, 0.25, 0.25],
      weight: [1, 0, 1, 2],
      mask: [true, true, true, false],
      where: `a row with ${bad}`,
    })),
  },
  {
    name: 'masked-target-is-not-read',
    mistake: 'what the target puts on a masked class, read: 0·NaN, or a loss of +inf',
    examples: [nan, inf, 0.5, -1].map((bad) => ({
      x: [1, 2, nan, 4],
      probabilities: [0.25, 0.25, bad, 0.25],
      mask: [true, true, false, true],
      labelSmoothing: 0.1,
      where: `${bad} at a masked class`,
    })),
  },
  {
    name: 'rows-of-weight-0-are-not-read',
    mistake: '0·∞: a row of weight 0 that is multiplied and not skipped (loss, dx and dt)',
    examples: [nan, inf, -inf].flatMap((bad) => [
      { x: [1, 2, bad, 0], shape: [2, 2], probabilities: [0, 1, 0.5, 0.5], tokenWeight: [1, 0] },
      { x: [1, 2, 3, 0], shape: [2, 2], probabilities: [0, 1, bad, bad], tokenWeight: [2, 0] },
      {
        x: [bad, bad],
        shape: [1, 2],
        probabilities: [bad, 1],
        tokenWeight: [0],
        where: 'nothing that counts',
      },
    ]),
  },
  {
    name: 'confident-against-probabilities',
    mistake: 'a clipped probability, or log(p) where p is rounded to 1',
    examples: [
      { x: [100, 0], probabilities: [0, 1] },
      { x: [100, 0], probabilities: [1, 0] },
      { x: [0, 20, -3], probabilities: [0, 1, 0] },
      { x: [1e4, 0, -1e4], probabilities: [0.5, 0, 0.5] },
      { x: [1, 2, 3], probabilities: [0, 0, 0], where: 'a target of 0' },
      { x: [1, 2, 3], probabilities: [2, 3, 4], where: 'a target that does not sum to 1' },
    ],
  },
];

export const special = (operation: Operation<Likely>): readonly Case[] => {
  const rows = { shape: [2, 2], probabilities: [0.75, 0.25, 0.5, 0.125] };
  const uneven = { ...rows, x: [-1, -0.5, -2, -0.25] };
  return [
    ...specialsOf(operation, SPECIALS),
    ...weightsOfAnySize(operation, uneven, 'probabilities-weights-of-any-size'),
    ...classWeightsOfAnySize(operation, uneven, 'probabilities-class-weights-of-any-size'),
    ...lossesOfAnySize(
      operation,
      (x) => ({ ...rows, x, probabilities: [0, 1, 0.5, 1] }),
      'probabilities-losses-of-any-size',
    ),
  ];
};

export const cotangents = (operation: Operation<Likely>): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'weight·dy, or dy times a class weight, multiplied out before −log p, which makes it small: it overflows',
    (size, other): readonly Likely[] => {
      const rows = {
        x: [3, -2, 0.5, 1, 2, -1],
        shape: [2, 3],
        probabilities: [0.5, 0, 0.5, 0.25, 0.5, 0.25],
      };
      return [
        { ...rows, reduction: 'none', dy: [1.9 * size, -1.3 * other], where: 'rows' },
        { ...rows, tokenWeight: [100, 50], dy: 1.9 * size, where: 'a mean of weighted rows' },
        {
          x: [20, -5, 3],
          probabilities: [1, 0, 0],
          weight: [16, 0, 1],
          dy: 1.9 * size,
          where: 'a likely class',
        },
      ];
    },
    'probabilities-cotangents-of-any-size',
  );
