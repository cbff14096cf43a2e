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
  hardmax: (on, x, options) => on.hardmax(x, options),
  oneHot: undecided,
  gumbelSoftmax: (on, x, options) => on.gumbelSoftmax(x, { seed: 7, ...options }),
  gumbelSoftmaxGrad: (on, x, options, dy = SQUARE) => on.gumbelSoftmaxGrad(x, dy, { seed: 7, ...options }),
  sample: (on, x, options) => on.sample(x, { seed: 7, ...options }),
  sampleWithoutReplacement: (on, x, options) => on.sampleWithoutReplacement(x, 2, { seed: 7, ...options }),
  sparsemax: (on, x, options) => on.sparsemax(x, options),
  sparsemaxGrad: (on, x, options, dy = SQUARE) => on.sparsemaxGrad(x, dy, options),
  sparsemaxLoss: (on, x, options) => on.sparsemaxLoss(x, LABELS, options),
  sparsemaxLossGrad: (on, x, options) => on.sparsemaxLossGrad(x, LABELS, options),
  entmax: (on, x, options) => on.entmax(x, options),
  entmaxGrad: (on, x, options, dy = SQUARE) => on.entmaxGrad(x, dy, options),
  entmaxLoss: (on, x, options) => on.entmaxLoss(x, LABELS, options),
  entmaxLossGrad: (on, x, options) => on.entmaxLossGrad(x, LABELS, options),
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
