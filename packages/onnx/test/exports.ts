import { huffmanTree, nestedTree, type OpName } from '@softmax/core';
import { product } from './random.ts';

/** What is exported in the tests: for onnxruntime and the reference to agree on, and for the checker of onnx to accept. */
export interface Export {
  readonly operation: OpName;
  readonly options: { readonly [name: string]: unknown };
}

const each = (operations: readonly OpName[], choices: readonly object[]): Export[] =>
  operations.flatMap((operation) => choices.map((options) => ({ operation, options: { ...options } })));

/** Ranks, axes next to each other or not, lengths known or not. */
const SHAPES = [
  {},
  { axis: 0 },
  { shape: ['n'] },
  { shape: ['batch', 5, 'place'], axis: 1 },
  { shape: ['a', 'b', 'c', 2], axis: [1, 2] },
  { shape: ['a', 'b', 'c'], axis: [0, 2] },
  { shape: [3, 5], axis: null },
  { shape: ['batch', 1, 4], axis: -1 },
  { shape: [17, 'n', 17], axis: 0 },
];

const DISTRIBUTIONS = [
  { mask: 'input', emptyRow: 'uniform' },
  { temperature: 0.5, softcap: 3 },
  { temperature: 'input', sink: 'input', shape: ['a', 'b', 'c'], axis: [0, 2] },
  { sink: 0, mask: 'input', axis: 0, dtype: 'float64' },
];

const SUMS = [{ mask: 'input' }, { keepDims: true, shape: ['a', 'b', 'c'], axis: 1 }, { dtype: 'float64' }];

const LOSSES = [
  ...product({ reduction: ['mean', 'sum', 'none'], tokenWeight: [undefined, 'input'] } as const),
  { weight: 'input', labelSmoothing: 0.1, mask: 'input' },
  { weight: [1, 2, 0.5, 0, 3], shape: ['batch', 5, 'place'], axis: 1, ignoreIndex: -7 },
  { denominator: 7, tokenWeight: 'input', dtype: 'float64' },
  { target: 'probabilities', tokenWeight: 'input' },
];

const TREE = huffmanTree([5, 1, 2, 2]);
/** Three siblings, two, and an only child above three. */
const MIXED = nestedTree([0, [1, 2], [[3, 4, 5]]]);

const PATH_LOSSES = [
  { tree: TREE },
  { tree: MIXED, bias: 'input', shape: ['a', 'b', 4], dtype: 'float64' },
  {
    tree: TREE,
    weight: [
      [1, 2],
      [0.5, -1],
      [3, 0],
    ],
  },
];

/** As inputs, and as values that become part of the model. */
const LAYOUT = { cutoffs: [2, 3], classes: 5, widths: [3, 1] };
const PARAMETERS = {
  cutoffs: [2],
  head: [
    [1, 0],
    [0.5, -1],
    [0, 2],
  ],
  headBias: [0.1, 0.2, -0.3],
  tails: [{ projection: [[1, -1]], weight: [[1], [-2]] }],
};
const CLUSTERS = [
  { parameters: LAYOUT },
  { parameters: { ...LAYOUT, headBias: 'input' }, shape: ['a', 'b', 4], dtype: 'float64' },
  { parameters: PARAMETERS },
];
const REDUCTIONS = [
  { reduction: 'none', tokenWeight: 'input' },
  { reduction: 'sum', ignoreIndex: 0 },
];

export const EXPORTS: readonly Export[] = [
  ...each(
    ['softmax', 'softmaxGrad', 'softmin', 'softminGrad', 'logSoftmax', 'logSoftmaxGrad'],
    [...SHAPES, ...DISTRIBUTIONS],
  ),
  ...each(['softmax', 'logSoftmax'], [{ precision: 'fast' }, { precision: 'fast', axis: 0 }]),
  ...each(['logSumExp', 'logSumExpGrad', 'logMeanExp', 'logMeanExpGrad'], [...SHAPES, ...SUMS]),
  ...each(
    ['hierarchicalSoftmax', 'hierarchicalSoftmaxGrad'],
    [{ tree: TREE }, { tree: TREE, bias: 'input', shape: ['a', 'b', 4], log: true }],
  ),
  ...each(
    ['hierarchicalTopK'],
    [
      { tree: TREE, k: 3 },
      {
        tree: TREE,
        k: 2,
        shape: ['batch', 2],
        weight: [
          [1, 2],
          [0.5, -1],
          [3, 0],
        ],
      },
    ],
  ),
  ...each(['hierarchicalSample'], PATH_LOSSES),
  ...each(
    ['hierarchicalLoss', 'hierarchicalLossGrad'],
    [...PATH_LOSSES, ...REDUCTIONS.map((choice) => ({ ...choice, tree: MIXED }))],
  ),
  ...each(['hierarchicalLossGrad'], [{ tree: MIXED, dy: 'input', reduction: 'none' }]),
  ...each(['hierarchicalLogProb', 'hierarchicalLogProbGrad'], PATH_LOSSES),
  ...each(
    ['adaptiveSoftmax', 'adaptiveSoftmaxGrad'],
    [...CLUSTERS, { parameters: { ...LAYOUT, headBias: 'input' }, log: true }],
  ),
  ...each(
    ['adaptiveLoss', 'adaptiveLossGrad'],
    [...CLUSTERS, ...REDUCTIONS.map((choice) => ({ ...choice, parameters: LAYOUT }))],
  ),
  ...each(['adaptiveLossGrad'], [{ parameters: LAYOUT, dy: 'input' }]),
  ...each(['adaptiveLogProb', 'adaptiveLogProbGrad'], CLUSTERS),
  ...each(['hardmax'], [{}, { axis: [0, 2], shape: ['a', 'b', 'c'], mask: 'input' }]),
  ...each(
    ['oneHot'],
    [
      { depth: 5, shape: ['batch'] },
      { depth: 3, axis: 0, shape: ['a', 'b'], dtype: 'float64' },
    ],
  ),
  ...each(
    ['klDivergence', 'klDivergenceGrad', 'entropy', 'entropyGrad'],
    [{}, { axis: 0, dtype: 'float64' }],
  ),
  ...each(['nllLoss', 'nllLossGrad'], [{}, { weight: 'input', labelSmoothing: 0.1 }]),
  ...each(['logCumSumExp', 'logCumSumExpGrad'], [{}, { axis: 0 }, { shape: ['a', 'b', 'c'], axis: 1 }]),
  ...each(['logAddExp', 'logAddExpGrad'], [{}, { shape: ['a', 'b', 'c'], dtype: 'float64' }]),
  ...each(
    ['logSumExp', 'logSumExpGrad'],
    [
      { b: 'input', returnSign: true },
      { b: 'input', mask: 'input', axis: 0 },
    ],
  ),
  ...each(
    ['gumbelSoftmax', 'gumbelSoftmaxGrad'],
    [{}, { temperature: 0.5, axis: 0 }, { hard: true, mask: 'input' }],
  ),
  ...each(
    ['sample'],
    [{}, { temperature: 0.5, axis: 0 }, { mask: 'input', shape: ['a', 'b', 'c'], axis: 1 }],
  ),
  ...each(['sampleWithoutReplacement'], [{ k: 2 }, { k: 3, axis: 0, temperature: 2 }]),
  ...each(['sparsemax', 'sparsemaxGrad'], [{}, { axis: [0, 2], shape: ['a', 'b', 'c'] }, { mask: 'input' }]),
  ...each(
    ['entmax', 'entmaxGrad'],
    [{}, { alpha: 1.3, axis: 0 }, { alpha: 1 }, { alpha: 2, dtype: 'float64' }, { mask: 'input', alpha: 4 }],
  ),
  ...each(['sparsemaxLoss'], [{}, { reduction: 'none', axis: 0, shape: [5, 'batch'] }]),
  ...each(['sparsemaxLossGrad'], [{}, { dy: 'input', tokenWeight: 'input' }]),
  ...each(['entmaxLoss', 'entmaxLossGrad'], [{}, { alpha: 1.3 }, { alpha: 1, reduction: 'sum' }]),
  ...each(
    ['crossEntropy'],
    [...SHAPES.filter(({ axis }) => typeof axis === 'number'), ...LOSSES, { zLoss: 0.01 }],
  ),
  ...each(
    ['crossEntropyGrad'],
    [
      {},
      { dy: 'input' },
      { dy: 'input', reduction: 'none', shape: ['batch', 5, 'place'], axis: 1 },
      { target: 'probabilities' },
    ],
  ),
];

export const nameOf = ({ operation, options }: Export): string => `${operation} ${JSON.stringify(options)}`;
