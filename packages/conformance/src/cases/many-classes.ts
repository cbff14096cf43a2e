import { backward } from '../operations/cross-entropy.ts';
import { caseOf } from '../operations/operation.ts';
import { backward as softBackward } from '../operations/soft-cross-entropy.ts';
import type { Case } from '../plan/case.ts';
import { random } from './random.ts';

/** A share of 0.05/8191 that is added to 0.95 is rounded by a quarter of an eps, and always in one direction. */
const CLASSES = 8191;
const SMOOTHING = 0.05;
const row = (scale: number, seed: number): number[] => {
  const next = random(seed);
  return Array.from({ length: CLASSES }, () => scale * next());
};
const dtype = 'float64';
const group = {
  category: 'accuracy',
  name: 'many-classes',
  mistake: 'the sum of a target over many classes without its rounding errors: thousands of eps at 50 257',
  dtype,
} as const;

/** One class, whose target is spread over all. */
export const manySmoothed: readonly Case[] = [
  caseOf(backward, {
    ...group,
    examples: [
      { dtype, x: row(3, 1), target: [0], shape: [1, CLASSES], labelSmoothing: SMOOTHING },
      {
        dtype,
        x: row(30, 2),
        target: [9],
        shape: [1, CLASSES],
        labelSmoothing: SMOOTHING,
        weight: row(1, 3),
      },
    ],
  }),
];

export const manyProbabilities: readonly Case[] = [
  caseOf(softBackward, {
    ...group,
    name: 'many-probabilities',
    examples: [
      {
        dtype,
        x: row(3, 4),
        shape: [1, CLASSES],
        probabilities: row(0, 5).map((_, k) => SMOOTHING / CLASSES + (k === 0 ? 1 - SMOOTHING : 0)),
      },
      { dtype, x: row(30, 6), shape: [1, CLASSES], probabilities: row(2 / CLASSES, 7), weight: row(1, 8) },
    ],
  }),
];
