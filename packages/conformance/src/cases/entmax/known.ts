import type { OpName } from '@softmax/core';
import type { Case } from '../../plan/case.ts';
import { answered } from '../known.ts';
import type { Known } from '../known-answer.ts';

const inf = Number.POSITIVE_INFINITY;
const X = [-2, 0, 0.5];
const DY = [1, 2, 3];
const Z = [
  [1, 2, 2.5],
  [0, 0.1, -3],
];
const Y = [2, 0];
const none = { reduction: 'none' } as const;

/** Numbers of the package entmax, that of 1.5 corrected in its ninth digit (it bisects), and some that follow by hand. */
const KNOWN: readonly Known[] = [
  [
    'sparsemax',
    'of-entmax',
    'a threshold from the wrong number of values',
    [
      [(on) => on.sparsemax(X), [0, 0.25, 0.75]],
      [(on) => on.sparsemax([1, 0]), [1, 0]],
      [(on) => on.sparsemax([1e8, 1e8 + 0.5]), [0.25, 0.75]],
      [(on) => on.sparsemax([1, 1e-17]), [1, 5e-18]],
    ],
  ],
  ['sparsemaxGrad', 'of-entmax', 'a mean over all', [[(on) => on.sparsemaxGrad(X, DY), [0, -0.5, 0.5]]]],
  [
    'sparsemaxLoss',
    'of-entmax',
    'a loss without its entropy, or twice it',
    [
      [(on) => on.sparsemaxLoss(Z, Y, none), [0.0625, 0.3025], 1e-15],
      [(on) => on.sparsemaxLoss(Z, Y), [0.1825], 1e-15],
      [(on) => on.sparsemaxLoss([[3, 1, 2]], [0]), [0]],
      [(on) => on.sparsemaxLoss([[1e8, 0]], [1]), [1e8]],
    ],
  ],
  [
    'sparsemaxLossGrad',
    'by-hand',
    'a gradient that is not p − e_y',
    [
      [(on) => on.sparsemaxLossGrad([[1, 2, 2.5]], [2]), [0.0625, 0, 0.25, -0.25], 1e-15],
      [(on) => on.sparsemaxLossGrad([[1, 1e-17]], [0]), [2.5e-35, -5e-18, 5e-18], 1e-15],
    ],
  ],
  [
    'entmax',
    'of-entmax-1-5',
    'z that is not halved',
    [
      [(on) => on.entmax(X), [0, 0.32600736366, 0.67399263634], 1e-10],
      [(on) => on.entmax([0, 0, 0, 0]), [0.25, 0.25, 0.25, 0.25]],
    ],
  ],
  [
    'entmax',
    'of-entmax-1-25',
    'a bisection that ends too early',
    [[(on) => on.entmax(X, { alpha: 1.25 }), [0.00533941785, 0.35210978597, 0.64255079619], 1e-9]],
    'entmax',
  ],
  [
    'entmax',
    'alpha-1-is-softmax',
    'a division by α − 1 = 0',
    [[(on) => on.entmax([0, Math.log(3)], { alpha: 1 }), [0.25, 0.75]]],
    'softmax',
  ],
  [
    'entmax',
    'alpha-infinity-is-hardmax',
    'ties that share where the first takes all',
    [[(on) => on.entmax([1, 3, 3], { alpha: inf }), [0, 1, 0]]],
    'hardmax',
  ],
  [
    'entmax',
    'a-huge-alpha',
    'powers that overflow: ties share for every finite α',
    [[(on) => on.entmax([3, 1, 3], { alpha: 1e300 }), [0.5, 0, 0.5]]],
    'entmax',
  ],
  [
    'entmaxGrad',
    'of-entmax',
    's = p^{2 − α} with another exponent',
    [
      [(on) => on.entmaxGrad(X, DY), [0, -0.3367599413, 0.3367599413], 1e-10],
      [(on) => on.entmaxGrad(X, DY, { alpha: 1.25 }), [-0.03129316807, -0.2670680253, 0.29836119337], 1e-9],
    ],
  ],
  [
    'entmaxGrad',
    'alpha-infinity',
    'a gradient of a step',
    [[(on) => on.entmaxGrad([1, 3, 3], DY, { alpha: inf }), [0, 0, 0]]],
    'hardmax',
  ],
  [
    'entmaxLoss',
    'of-entmax',
    'H with the factor of another α; ⟨p, z⟩ over −inf too',
    [
      [(on) => on.entmaxLoss(Z, Y, none), [0.18460100828, 0.44229150616], 1e-10],
      [(on) => on.entmaxLoss([[-inf, 1, 2]], [2]), [0.06165586761], 1e-9],
    ],
  ],
  [
    'entmaxLossGrad',
    'by-hand',
    'a gradient that is not p − e_y',
    [[(on) => on.entmaxLossGrad([[0, 0]], [1]), [(1 - Math.SQRT1_2) * (4 / 3), 0.5, -0.5], 1e-15]],
  ],
  [
    'hardmax',
    'first-maximum',
    'the last of equal maxima, or all of them',
    [
      [(on) => on.hardmax([1, 3, 3]), [0, 1, 0]],
      [(on) => on.hardmax([-0, 0]), [1, 0]],
      [(on) => on.hardmax([1, inf, inf]), [0, 1, 0]],
    ],
  ],
];

export const known = (op: OpName): readonly Case[] => answered(op, KNOWN);
