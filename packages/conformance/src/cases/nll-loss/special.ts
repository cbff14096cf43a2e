import type { Labelled } from '../../operations/cross-entropy.ts';
import { type Group, type Operation, specialsOf } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { magnitudesOfClasses } from '../cross-entropy/special.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const SPECIALS: readonly (Omit<Group<Labelled>, 'category' | 'examples'> & {
  readonly examples: readonly Labelled[];
})[] = [
  {
    name: 'only-the-target-is-read',
    mistake: '0·(−inf) or 0·NaN: a log-probability that the target does not ask for',
    examples: [nan, inf, -inf].flatMap((bad) => [
      { x: [bad, -1, bad], target: [1], where: `beside ${bad}` },
      { x: [-1, bad, -3], target: [2], labelSmoothing: 0.1, weight: [1, 0, 2], where: `weight 0 of ${bad}` },
      {
        x: [-1, bad, -3],
        target: [2],
        labelSmoothing: 0.1,
        mask: [true, false, true],
        where: `masked ${bad}`,
      },
      { x: [-1, -2, bad, bad], shape: [2, 2], target: [0, -100], where: `an ignored row of ${bad}` },
      { x: [-1, -2, bad, bad], shape: [2, 2], target: [0, 1], tokenWeight: [1, 0] },
    ]),
  },
  {
    name: 'impossible-target',
    mistake: 'a loss that is clipped: it is +inf, and its gradient is still −w∘q, as the loss is linear',
    examples: [
      { x: [-inf, -1], target: [0] },
      { x: [-inf, -1], target: [1], labelSmoothing: 0.5 },
      { x: [-inf, -1, -1, -2], shape: [2, 2], target: [0, 1], reduction: 'none' },
      { x: [-inf, -1, -1, -2], shape: [2, 2], target: [0, 1], reduction: 'sum' },
    ],
  },
  {
    name: 'nan-at-the-target',
    mistake: 'NaN that is lost, or that reaches the losses of other rows',
    examples: [
      { x: [nan, -1, -1, -2], shape: [2, 2], target: [0, 1], reduction: 'none' },
      { x: [-1, -1, -1, nan], shape: [2, 2], target: [0, 1], reduction: 'sum' },
      { x: [nan, -1], target: [1], labelSmoothing: 0.1 },
    ],
  },
  {
    name: 'nothing-that-counts',
    mistake: 'a mean of nothing that is NaN: it is 0 with gradient 0',
    examples: [
      { x: [-1, nan, -3, -4], shape: [2, 2], target: [-100, -100] },
      { x: [-1, -2, -3, -4], shape: [2, 2], target: [1, 1], weight: [1, 0] },
      { x: [-1, -2, -3, -4], shape: [2, 2], target: [1, 0], tokenWeight: [0, 0] },
    ],
  },
  {
    name: 'any-number',
    mistake: 'x that is normalised, clipped or taken for logits: the loss is −x at the target',
    examples: [
      { x: [0, -3e38], target: [1] },
      { x: [-1e-45, -1], target: [0], where: 'subnormal' },
      { x: [2, 5], target: [1], where: 'above 0' },
      { x: [-0, -1], target: [0] },
    ],
  },
];

export const special = (operation: Operation<Labelled>): readonly Case[] => [
  ...specialsOf(operation, SPECIALS),
  ...magnitudesOfClasses(operation),
];
