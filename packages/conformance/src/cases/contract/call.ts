import type {
  CrossEntropyOptions,
  Input,
  LogMeanExpOptions,
  Mode,
  OpName,
  Softmax,
  SoftmaxOptions,
} from '@softmax/core';

/** Calls an operation with whatever options, its other arguments as they must be for x of shape [2, 2]. */
export type AnyCall = (on: Softmax<unknown, Mode>, x: Input, options?: object, dy?: Input) => unknown;

const SQUARE = [
  [1, -1],
  [2, 0.5],
];
const LABELS = [0, 1];

const forward =
  (op: 'softmax' | 'softmin' | 'logSoftmax'): AnyCall =>
  (on, x, options) =>
    on[op](x, options as SoftmaxOptions);

const backward =
  (op: 'softmaxGrad' | 'softminGrad' | 'logSoftmaxGrad'): AnyCall =>
  (on, x, options, dy = SQUARE) =>
    on[op](x, dy, options as SoftmaxOptions);

const undecided: AnyCall = () => {
  throw new Error('no call that fits x alone');
};

export const CALL: { readonly [K in OpName]: AnyCall } = {
  softmax: forward('softmax'),
  softmaxGrad: backward('softmaxGrad'),
  softmin: forward('softmin'),
  softminGrad: backward('softminGrad'),
  logSoftmax: forward('logSoftmax'),
  logSoftmaxGrad: backward('logSoftmaxGrad'),
  logSumExp: (on, x, options) => on.logSumExp(x, options as LogMeanExpOptions),
  logSumExpGrad: (on, x, options, dy = LABELS) => on.logSumExpGrad(x, dy, options as LogMeanExpOptions),
  crossEntropy: (on, x, options) => on.crossEntropy(x, LABELS, options as CrossEntropyOptions),
  crossEntropyGrad: (on, x, options) => on.crossEntropyGrad(x, LABELS, options as CrossEntropyOptions),
  logMeanExp: undecided,
  logMeanExpGrad: undecided,
  logAddExp: undecided,
  logAddExpGrad: undecided,
  logCumSumExp: undecided,
  logCumSumExpGrad: undecided,
  nllLoss: undecided,
  nllLossGrad: undecided,
  klDivergence: undecided,
  klDivergenceGrad: undecided,
  entropy: undecided,
  entropyGrad: undecided,
  hardmax: undecided,
  oneHot: undecided,
  gumbelSoftmax: undecided,
  gumbelSoftmaxGrad: undecided,
  sample: undecided,
  sampleWithoutReplacement: undecided,
  sparsemax: undecided,
  sparsemaxGrad: undecided,
  sparsemaxLoss: undecided,
  sparsemaxLossGrad: undecided,
  entmax: undecided,
  entmaxGrad: undecided,
  entmaxLoss: undecided,
  entmaxLossGrad: undecided,
  hierarchicalSoftmax: undecided,
  hierarchicalLoss: undecided,
  hierarchicalLossGrad: undecided,
  hierarchicalLogProb: undecided,
  hierarchicalLogProbGrad: undecided,
  hierarchicalTopK: undecided,
  hierarchicalSample: undecided,
  adaptiveSoftmax: undecided,
  adaptiveLoss: undecided,
  adaptiveLossGrad: undecided,
  adaptiveLogProb: undecided,
  adaptiveLogProbGrad: undecided,
};
