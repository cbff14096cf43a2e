import type {
  CrossEntropyOptions,
  DivergenceOptions,
  Input,
  LikelihoodOptions,
  LogCumSumExpOptions,
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
  logMeanExp: (on, x, options) => on.logMeanExp(x, options as LogMeanExpOptions),
  logMeanExpGrad: (on, x, options, dy = LABELS) => on.logMeanExpGrad(x, dy, options as LogMeanExpOptions),
  logAddExp: (on, x, _, b = SQUARE) => on.logAddExp(x, b),
  logAddExpGrad: (on, x, _, dy = SQUARE) => on.logAddExpGrad(x, x, dy),
  logCumSumExp: (on, x, options) => on.logCumSumExp(x, options as LogCumSumExpOptions),
  logCumSumExpGrad: (on, x, options, dy = SQUARE) =>
    on.logCumSumExpGrad(x, dy, options as LogCumSumExpOptions),
  nllLoss: (on, x, options) => on.nllLoss(x, LABELS, options as LikelihoodOptions),
  nllLossGrad: (on, x, options) => on.nllLossGrad(x, LABELS, options as LikelihoodOptions),
  klDivergence: (on, p, options, q = SQUARE) => on.klDivergence(p, q, options as DivergenceOptions),
  klDivergenceGrad: (on, p, options, dy = LABELS) =>
    on.klDivergenceGrad(p, p, dy, options as DivergenceOptions),
  entropy: (on, p, options) => on.entropy(p, options as DivergenceOptions),
  entropyGrad: (on, p, options, dy = LABELS) => on.entropyGrad(p, dy, options as DivergenceOptions),
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
  hierarchicalSoftmaxGrad: undecided,
  hierarchicalLoss: undecided,
  hierarchicalLossGrad: undecided,
  hierarchicalLogProb: undecided,
  hierarchicalLogProbGrad: undecided,
  hierarchicalTopK: undecided,
  hierarchicalSample: undecided,
  adaptiveSoftmax: undecided,
  adaptiveSoftmaxGrad: undecided,
  adaptiveLoss: undecided,
  adaptiveLossGrad: undecided,
  adaptiveLogProb: undecided,
  adaptiveLogProbGrad: undecided,
};
