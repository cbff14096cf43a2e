import type { OpName } from '@softmax/core';
import type { Case } from '../../plan/case.ts';
import { answered } from '../known.ts';
import type { Known } from '../known-answer.ts';

const inf = Number.POSITIVE_INFINITY;
const X = [1, -2, 0.5, 3];
const noise = [0.25, 1.5, -0.75, -3];

/** The first of each by mpmath 1.3 at 50 digits, the others by hand. */
const KNOWN: readonly Known[] = [
  [
    'gumbelSoftmax',
    'of-mpmath',
    'noise that is not divided by the temperature',
    [
      [
        (on) => on.gumbelSoftmax(X, { noise, temperature: 0.5 }),
        [0.8605337655539168, 0.025985868066283165, 0.04284345341848826, 0.07063691296131172],
        1e-15,
      ],
      [(on) => on.gumbelSoftmax([0, 0], { noise: [0, Math.log(3)] }), [0.25, 0.75], 1e-15],
    ],
  ],
  [
    'gumbelSoftmax',
    'hard',
    'a one-hot vector that is rounded, of the last maximum, or of an impossible class',
    [
      [(on) => on.gumbelSoftmax(X, { noise, temperature: 0.5, hard: true }), [1, 0, 0, 0]],
      [(on) => on.gumbelSoftmax([0, 1, 1], { noise: [0, 2, 2], hard: true }), [0, 1, 0]],
      [(on) => on.gumbelSoftmax([0, 1, 1], { noise: [0, 2, 2], temperature: 0 }), [0, 1, 0]],
      [(on) => on.gumbelSoftmax([-inf, 0, -inf], { noise: [0, -3, 30], hard: true }), [0, 1, 0]],
    ],
  ],
  [
    'gumbelSoftmaxGrad',
    'of-mpmath',
    'a gradient at other noise, or without 1/τ',
    [
      ...[{}, { hard: true }].map(
        (options) =>
          [
            (on) => on.gumbelSoftmaxGrad(X, [1, 2, -1, 0.5], { noise, temperature: 0.5, ...options }),
            [0.1635349680993521, 0.05691006426721909, -0.16323188703665414, -0.05721314532991706],
            1e-14,
          ] satisfies Known[3][number],
      ),
      [(on) => on.gumbelSoftmaxGrad(X, [1, 2, -1, 0.5], { noise, temperature: 0 }), [0, 0, 0, 0]],
    ],
  ],
  [
    'sample',
    'by-hand',
    'T that multiplies the logits; an impossible class with a large noise; the last of equals',
    [
      [(on) => on.sample(X, { noise }), [0]],
      [(on) => on.sample(X, { noise, temperature: 0 }), [3]],
      [(on) => on.sample(X, { noise, temperature: 4 }), [1]],
      [(on) => on.sample([-inf, 0, -inf], { noise: [0, -3, 30] }), [1]],
      [(on) => on.sample([0, 1, 1], { noise: [0, 2, 2] }), [1]],
    ],
  ],
  [
    'sampleWithoutReplacement',
    'by-hand',
    'classes in their own order and not in that of the draw',
    [
      [(on) => on.sampleWithoutReplacement(X, 4, { noise }), [0, 3, 2, 1]],
      [(on) => on.sampleWithoutReplacement([0, 0, -inf], 2, { noise: [1, 2, 9] }), [1, 0]],
      [(on) => on.sampleWithoutReplacement([1, 1, 1], 3, { noise: [0, 0, 0] }), [0, 1, 2]],
    ],
  ],
];

export const known = (op: OpName): readonly Case[] => answered(op, KNOWN);
