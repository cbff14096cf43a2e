import type { Labelled } from '../../operations/cross-entropy.ts';
import { type Group, type Operation, specialsOf } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';
import { classWeightsOfAnySize, lossesOfAnySize, weightsOfAnySize } from '../magnitudes.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const pair = { shape: [2, 2], target: [0, -100] };

const SPECIALS: readonly Omit<Group<Labelled>, 'category'>[] = [
  {
    name: 'nan-in-a-row',
    mistake: 'NaN that is lost, or that reaches the losses of other rows',
    examples: [
      { x: [nan, 1, 2, 3], shape: [2, 2], target: [1, 0], reduction: 'none' },
      { x: [0, 1, 2, nan], shape: [2, 2], target: [1, 0], reduction: 'sum' },
    ],
  },
  {
    name: 'plus-infinity',
    mistake: 'a logit of +inf that gives a loss: it gives NaN',
    examples: [{ x: [inf, 1, 2, 3], shape: [2, 2], target: [0, 0], reduction: 'none' }],
  },
  {
    name: 'minus-infinity-in-a-lost-row',
    mistake: 'a gradient of NaN at −inf, where it is 0, because another logit is NaN or +inf',
    examples: [nan, inf].flatMap((bad) => [
      { x: [-inf, 1, bad, 0, 1, 2], shape: [2, 3], target: [1, 0], reduction: 'none' },
      { x: [bad, 1, -inf, 2], target: [2], labelSmoothing: 0.1, mask: [true, true, true, false] },
    ]),
  },
  {
    name: 'ignored-rows-are-not-read',
    mistake: '0·∞: a row of weight 0 that is multiplied and not skipped (value and gradient)',
    examples: [nan, inf, -inf, 3e38].flatMap((bad) => [
      { ...pair, x: [1, 2, bad, bad], where: `an ignored row of ${bad}` },
      { ...pair, x: [1, 2, bad, 0], labelSmoothing: 0.1, zLoss: 0.1, where: `an ignored row with ${bad}` },
      {
        shape: [2, 2],
        target: [0, 1],
        tokenWeight: [1, 0],
        x: [1, 2, bad, 0],
        where: `weight 0 of a row with ${bad}`,
      },
      { ...pair, x: [1, 2, bad, 0], reduction: 'none', where: `none, an ignored row with ${bad}` },
    ]),
  },
  {
    name: 'nothing-that-counts',
    mistake: 'a mean of nothing that is NaN (pytorch #70348): it is 0 with gradient 0',
    examples: [
      { x: [1, 2, nan, 4], shape: [2, 2], target: [-100, -100] },
      { x: [1, 2, 3, 4], shape: [2, 2], target: [1, 1], weight: [1, 0], where: 'weights of 0' },
      { x: [1, 2, 3, 4], shape: [2, 2], target: [1, 0], tokenWeight: [0, 0], where: 'token weights of 0' },
      { x: [1, 2, 3, 4], shape: [2, 2], target: [-100, -100], reduction: 'sum' },
    ],
  },
  {
    name: 'minus-infinity-off-target',
    mistake: '0·(−inf) = NaN where the target probability is 0',
    examples: [
      { x: [-inf, 1, 2], target: [1] },
      { x: [-inf, 1, -inf], target: [1], zLoss: 0.1 },
      { x: [-inf, 1, 2], target: [1], labelSmoothing: 0.1, weight: [0, 1, 2], where: 'its weight is 0' },
      { x: [-inf, 1, 2], target: [2], labelSmoothing: 0.1, mask: [false, true, true], where: 'masked' },
    ],
  },
  {
    name: 'minus-infinity-at-the-target',
    mistake: 'a loss that is clipped: it is +inf',
    examples: [
      { x: [-inf, 1, 2], target: [0] },
      { x: [-inf, 1, 2, 1, 2, 3], shape: [2, 3], target: [0, 1], reduction: 'none' },
      { x: [-inf, 1, 2], target: [1], labelSmoothing: 0.1, where: 'through smoothing' },
    ],
  },
  {
    name: 'confident',
    mistake: 'a clipped probability: a loss of 16.118 and gradient 0 where 100 and [1, −1] are right (tfjs)',
    examples: [
      { x: [100, 0], target: [1] },
      { x: [0, 20, -3], target: [1] },
      { x: [3e38, -3e38], target: [0], where: 'the largest numbers' },
      { x: [1e4, 0, -1e4], target: [2] },
    ],
  },
  {
    name: 'confident-and-right',
    mistake: 'a loss of exactly 0, where 3.7e−44 or 2e−9 is right (pytorch #113708, scipy #19521)',
    examples: [
      { x: [100, 0], target: [0] },
      { x: [20, 0], target: [0] },
      { x: [0, -40, 60, 1], target: [2] },
      { x: [0, 20, -3, 25, 3, 0], shape: [2, 3], target: [1, 0], reduction: 'none' },
    ],
  },
  {
    name: 'ignore-index-inside',
    mistake: 'ignoreIndex in [0, C) that takes the class out of the denominator too',
    examples: [
      { x: [1, 2, 3, 4, 5, 6], shape: [2, 3], target: [1, 2], ignoreIndex: 1 },
      { x: [1, 2, 3, 4, 5, 6], shape: [2, 3], target: [-1, 2], ignoreIndex: -1 },
    ],
  },
];

export const special = (operation: Operation<Labelled>): readonly Case[] => [
  ...specialsOf(operation, SPECIALS),
  ...magnitudesOfClasses(operation),
];

/** Weights and losses of any size, of logits and of log-probabilities. */
export const magnitudesOfClasses = (operation: Operation<Labelled>): readonly Case[] => {
  const rows = { x: [-1, -0.5, -2, -0.25], shape: [2, 2], target: [0, 1] };
  return [
    ...weightsOfAnySize(operation, rows),
    ...classWeightsOfAnySize(operation, rows),
    ...lossesOfAnySize(operation, (x) => ({ x, shape: [2, 2], target: [1, 1] })),
  ];
};

/** Of a loss of classes: rows that count more than once, a mean of them, and a class that is all but certain. */
export const cotangentsOfClasses = (operation: Operation<Labelled>, name?: string): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'weight·dy, or dy times a class weight, multiplied out before what makes them small: it overflows',
    (size, other): readonly Labelled[] => {
      const rows = { x: [3, -2, 0.5, 1, 2, -1], shape: [2, 3], target: [0, 1] };
      return [
        { ...rows, reduction: 'none', dy: [1.9 * size, -1.3 * other], where: 'rows' },
        { ...rows, tokenWeight: [100, 50], dy: 1.9 * size, where: 'a mean of weighted rows' },
        {
          x: [20, -5, 3],
          shape: [1, 3],
          target: [0],
          reduction: 'sum',
          tokenWeight: [16],
          dy: 1.9 * size,
          where: 'a likely class',
        },
      ];
    },
    name,
  );
