import type { Known } from './answers.ts';
import { ALL, CLUSTERS, DH, FEATURES, LOSS, OUT, TARGET } from './pytorch.ts';

export const ANSWERS: readonly Known[] = [
  [
    'adaptiveSoftmax',
    'of-pytorch',
    'tails in another order, or a head without them',
    [
      [(on) => on.adaptiveSoftmax(FEATURES, CLUSTERS, { log: true }), ALL, 1e-13],
      [
        (on) =>
          on.adaptiveSoftmax([[2]], {
            cutoffs: [1],
            head: [[0], [0]],
            tails: [{ projection: [[5]], weight: [[-3]] }],
          }),
        [0.5, 0.5],
      ],
    ],
  ],
  [
    'adaptiveLogProb',
    'of-pytorch',
    'a class of a tail off by its cutoff',
    [[(on) => on.adaptiveLogProb(FEATURES, CLUSTERS, TARGET), OUT, 1e-13]],
  ],
  [
    'adaptiveLoss',
    'of-pytorch',
    'a mean over something else',
    [[(on) => on.adaptiveLoss(FEATURES, CLUSTERS, TARGET), [LOSS], 1e-13]],
  ],
  [
    'adaptiveLossGrad',
    'of-pytorch',
    'a gradient that forgets the head or a tail',
    [[(on) => on.adaptiveLossGrad(FEATURES, CLUSTERS, TARGET), [LOSS, ...DH], 1e-11]],
  ],
  [
    'adaptiveLogProbGrad',
    'of-pytorch',
    'a gradient that forgets the head or a tail',
    [
      [
        (on) =>
          on.adaptiveLogProbGrad(
            FEATURES,
            CLUSTERS,
            TARGET,
            TARGET.map(() => -0.25),
          ),
        DH,
        1e-11,
      ],
    ],
  ],
];
