import { huffmanTree, nestedTree, treeOf } from '@softmax/core';
import type { Answer, Known } from './answers.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const PAIR = nestedTree([0, 1]);
const NESTED = nestedTree([[0, 1], 2]);
const KNOWN_TREE = nestedTree([[0, 1], [2, 3, 4], 5]);
/** z = (r − 3) − r + r/8 in the weight row r. */
const WEIGHT = Array.from({ length: 7 }, (_, r) => [r - 3, r / 2]);
const BIAS = Array.from({ length: 7 }, (_, r) => r / 8);
/** Python with mpmath 1.3, 40 digits. */
const P = [
  0.01976682888087299, 0.2728726557093048, 0.09704041758151749, 0.10996119906745538, 0.12460236262066042,
  0.37575653614018895,
];
const LOG = [
  -3.9237500552279805, -1.2987500552279807, -2.3326277111660145, -2.2076277111660145, -2.0826277111660145,
  -0.9788138555830073,
];
const tie = nestedTree([
  [3, 1],
  [0, 2],
]);
const FLAT = [[0], [0], [0]];

export const TREES: readonly Known[] = [
  [
    'hierarchicalSoftmax',
    'mixed-arity',
    'rows of weights counted in another order, or children told by the wrong sign',
    [
      [(on) => on.hierarchicalSoftmax([1, -2], WEIGHT, KNOWN_TREE, { bias: BIAS }), P, 4e-15],
      [(on) => on.hierarchicalSoftmax([1, -2], WEIGHT, KNOWN_TREE, { bias: BIAS, log: true }), LOG, 4e-15],
      [(on) => on.hierarchicalSoftmax([1], [[-800]], PAIR, { log: true }), [-800, 0]],
      [(on) => on.hierarchicalSoftmax([[1]], [[0], [0]], NESTED), [0.25, 0.25, 0.5]],
      [(on) => on.hierarchicalSoftmax([1], [[0], [0]], treeOf([3, 4, 3, 4, -1])), [0.25, 0.5, 0.25]],
    ],
  ],
  [
    'hierarchicalSoftmaxGrad',
    'of-two',
    'p − 1 that is 0 where p is all but certain (mpmath: 4.248354255291589e−18)',
    [
      [(on) => on.hierarchicalSoftmaxGrad([[1]], [[0]], PAIR, [[1, 0]]), [0, 0.25, 0.25]],
      [(on) => on.hierarchicalSoftmaxGrad([[1]], [[0]], PAIR, [[1, 0]], { log: true }), [0, 0.5, 0.5]],
      [
        (on) => on.hierarchicalSoftmaxGrad([[0]], [[1]], PAIR, [[1, 0]], { log: true, bias: [40] }),
        [4.248354255291589e-18],
      ],
    ],
  ],
  [
    'hierarchicalLogProb',
    'of-mpmath',
    'a table or a clip of log σ (word2vec): −4.2e−18 is not 0',
    [
      ...LOG.map(
        (log, c): Answer => [
          (on) => on.hierarchicalLogProb([[1, -2]], WEIGHT, [c], KNOWN_TREE, { bias: BIAS }),
          [log],
          4e-15,
        ],
      ),
      [(on) => on.hierarchicalLogProb([1], [[40]], [0], PAIR), [-4.248354255291589e-18]],
      [(on) => on.hierarchicalLogProb([1], [[-1000]], [0], PAIR), [-1000]],
      [(on) => on.hierarchicalLogProb([1], [[inf]], [1], PAIR), [-inf]],
    ],
  ],
  [
    'hierarchicalLogProbGrad',
    'of-two',
    'the sign of a loss',
    [[(on) => on.hierarchicalLogProbGrad([[1]], [[0]], [1], PAIR, [2]), [0, 0, -1, -1]]],
  ],
  [
    'hierarchicalLoss',
    'by-hand',
    'log 2 for every decision, −log p for every target',
    [
      [
        (on) =>
          on.hierarchicalLoss(
            [[1, 0]],
            [
              [0, 0],
              [3, 4],
            ],
            [2],
            NESTED,
          ),
        [Math.LN2],
      ],
      [(on) => on.hierarchicalLoss([[0], [1]], FLAT, [0, 3], tie, { reduction: 'sum' }), [4 * Math.LN2]],
      [
        (on) => on.hierarchicalLoss([1], [[0], [0], [0]], [1], nestedTree([0, 1, 2]), { bias: [1, -inf, 1] }),
        [inf],
      ],
      [
        (on) => on.hierarchicalLoss([[1]], [[0], [0], [0], [0]], [0], huffmanTree([8, 4, 2, 1, 1])),
        [Math.LN2],
      ],
    ],
  ],
  [
    'hierarchicalLossGrad',
    'shared-row',
    'two tokens on one path, of which the last one wins',
    [
      [
        (on) => on.hierarchicalLossGrad([[1], [3]], [[0]], [0, 0], PAIR, { reduction: 'sum' }),
        [2 * Math.LN2, 0, 0, 0, -2, -1],
      ],
    ],
  ],
  [
    'hierarchicalLossGrad',
    'rows-once',
    'a weight row that comes as often as it is met, or in the order of the tokens',
    [
      [
        (on) =>
          on.hierarchicalLossGrad([[0], [0], [0], [0]], [[0], [0]], [1, 2, 0, 1], NESTED, {
            reduction: 'sum',
          }),
        [7 * Math.LN2, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0.5],
      ],
    ],
  ],
  [
    'hierarchicalLossGrad',
    'ignored-nan-by-hand',
    'an ignored row, or one of weight 0, that is read',
    [
      [
        (on) =>
          on.hierarchicalLossGrad([[nan], [1], [nan]], [[0], [0]], [-100, 2, 0], NESTED, {
            tokenWeight: [1, 1, 0],
          }),
        [Math.LN2, 0, 0, 0, 0, 0.5, 0.5],
      ],
    ],
  ],
  [
    'hierarchicalTopK',
    'topk-ties',
    'equals in the order of the tree, and not of the classes',
    [
      [(on) => on.hierarchicalTopK([1], FLAT, tie, 4), [0, 1, 2, 3]],
      [(on) => on.hierarchicalTopK([1], FLAT, tie, 4, { bias: [inf, 0, 0] }), [1, 3, 0, 2]],
      [(on) => on.hierarchicalTopK([[nan], [1]], [[1]], PAIR, 2), [-1, -1, 0, 1, nan, nan]],
    ],
  ],
  [
    'hierarchicalSample',
    'certain',
    'a certain child that noise near 1 passes over, a NaN that draws something',
    [
      [
        (on) =>
          on.hierarchicalSample([[1]], [[0], [99]], nestedTree([2, [0, 1]]), { seed: 1, bias: [-99, 0] }),
        [0],
      ],
      [(on) => on.hierarchicalSample([[nan], [0]], [[1]], PAIR, { seed: 1, bias: [99] }), [-1, 0]],
    ],
  ],
];
