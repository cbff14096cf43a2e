import type { Known } from './known-answer.ts';

const T = {
  probabilities: [
    [0, 0, 1],
    [0.2, 0.3, 0.5],
  ],
};
const L = [
  [1, 2, 3],
  [1, 5, 0],
];
const W = [1, 2, 3];
const inf = Number.POSITIVE_INFINITY;

/** Numbers of PyTorch and SciPy, or that follow by hand. */
export const KNOWN_LOGARITHMS: readonly Known[] = [
  [
    'logSumExp',
    'of-scipy-with-factors',
    'a sign, or a factor, that is lost',
    [
      [(on) => on.logSumExp([1, 2], { b: [1, -1] }), [Number.NaN]],
      [(on) => on.logSumExp([1, 2], { b: [1, -1], returnSign: true }), [1.5413248546129181, -1]],
    ],
    'signedLogSumExp',
  ],
  [
    'logSumExpGrad',
    'of-a-negative-sum',
    'the sign of the sum that is not in its gradient',
    [
      [
        (on) => on.logSumExpGrad([1, 2], 1, { b: [1, -1], returnSign: true }),
        [-0.58197670687, 1.58197670687],
        1e-11,
      ],
    ],
    'signedLogSumExpGrad',
  ],
  [
    'crossEntropy',
    'of-pytorch-with-probabilities',
    'a mean over probability targets that divides by the class weights',
    [
      [(on) => on.crossEntropy(L, T, { weight: W, reduction: 'none' }), [1.2228179, 8.3569136], 1e-7],
      [(on) => on.crossEntropy(L, T, { weight: W }), [4.7898655], 1e-7],
    ],
    'softCrossEntropy',
  ],
  ['logMeanExp', 'of-two', 'log n forgotten', [[(on) => on.logMeanExp([1000, 1000]), [1000]]]],
  ['logMeanExpGrad', 'of-two', '1/n too much', [[(on) => on.logMeanExpGrad([0, 0], 3), [1.5, 1.5]]]],
  [
    'logAddExp',
    'of-pairs',
    'inf − inf, or log(1 + e^d)',
    [
      [
        (on) => on.logAddExp([1000, 0, -inf, 0], [1000, -inf, -inf, -20]),
        [1000.6931471805599, 0, -inf, 2.061153620314381e-9],
      ],
    ],
  ],
  ['logAddExpGrad', 'of-two', 'dy lost', [[(on) => on.logAddExpGrad([0], [0], [3]), [1.5, 1.5]]]],
  [
    'logCumSumExp',
    'of-three',
    'a beginning of −inf that is NaN',
    [[(on) => on.logCumSumExp([-inf, 0, 0]), [-inf, 0, Math.LN2]]],
  ],
  [
    'logCumSumExpGrad',
    'of-two',
    'later sums lost',
    [[(on) => on.logCumSumExpGrad([0, 0], [1, 1]), [1.5, 0.5]]],
  ],
  ['nllLoss', 'of-two', 'the sign of the loss', [[(on) => on.nllLoss([[-1, -2]], [1]), [2]]]],
  ['nllLossGrad', 'of-two', 'p − q for −q', [[(on) => on.nllLossGrad([[-1, -2]], [1]), [2, -0, -1]]]],
  [
    'klDivergence',
    'of-a-coin',
    'bits, or 0·log 0',
    [[(on) => on.klDivergence([1, 0], [0.5, 0.5]), [Math.LN2]]],
  ],
  [
    'klDivergenceGrad',
    'of-a-coin',
    'dq without its sign',
    [
      [
        (on) => on.klDivergenceGrad([0.5, 0.5], [0.25, 0.75], 1),
        [1 + Math.LN2, 1 + Math.log(2 / 3), -2, -2 / 3],
      ],
    ],
  ],
  ['entropy', 'of-a-coin', 'bits, or 0·log 0', [[(on) => on.entropy([0.5, 0.5, 0]), [Math.LN2]]]],
  ['entropyGrad', 'of-certainty', '0·log 0', [[(on) => on.entropyGrad([1, 0], 1), [-1, 0]]]],
];
