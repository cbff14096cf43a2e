import type { OpName } from '@softmax/core';
import type { ArgumentName, OptionName } from './options.ts';

/** An operation as the command line has it. */
export interface Operation {
  /** What the file on the command line is. */
  readonly input: 'x' | 'p' | 'a' | 'h' | 'classes';
  /** Its further arguments in their order; the options come behind them. */
  readonly arguments: readonly ArgumentName[];
  readonly options: readonly OptionName[];
  /**
   * Whether the rows of the result belong to those of the input, so that a block of them can be computed by itself:
   * 'reduced' where only without a reduction.
   */
  readonly rows: boolean | 'reduced';
  readonly about: string;
}

const SOFTMAX = ['axis', 'mask', 'temperature', 'sink', 'softcap', 'emptyRow'] as const;
const SUM = ['axis', 'keepDims', 'mask'] as const;
const DIVERGENCE = ['axis', 'keepDims'] as const;
const NOISE = ['axis', 'mask', 'temperature', 'seed', 'stream', 'noise'] as const;
const REDUCTION = ['reduction', 'tokenWeight', 'denominator', 'emptyMean'] as const;
const PATH = ['ignoreIndex', ...REDUCTION] as const;
const LOSS = ['axis', 'mask', ...PATH] as const;
const LIKELIHOOD = [...LOSS, 'weight', 'labelSmoothing'] as const;
const CROSS_ENTROPY = [...LIKELIHOOD, 'zLoss', 'probabilities', 'normalized'] as const;

type Rest = readonly [arguments: readonly ArgumentName[], options: readonly OptionName[], about: string];
const rowWise =
  (input: Operation['input'], rows: Operation['rows'] = true) =>
  (...[given, options, about]: Rest): Operation => ({ input, arguments: given, options, rows, about });
const [x, p, a, h] = [rowWise('x'), rowWise('p'), rowWise('a'), rowWise('h', false)];
const loss = rowWise('x', 'reduced');
const whole = rowWise('x', false);

/** Every operation of the family; the compiler asks for a new one. */
export const OPERATIONS: { readonly [O in OpName]: Operation } = {
  softmax: x([], SOFTMAX, 'probabilities'),
  softmaxGrad: x(['dy'], SOFTMAX, 'its gradient'),
  softmin: x([], SOFTMAX, 'softmax of −x'),
  softminGrad: x(['dy'], SOFTMAX, 'its gradient'),
  logSoftmax: x([], SOFTMAX, 'log-probabilities'),
  logSoftmaxGrad: x(['dy'], SOFTMAX, 'its gradient'),
  logSumExp: x([], [...SUM, 'factors', 'returnSign'], 'log Σ b·exp x'),
  logSumExpGrad: x(['dy'], [...SUM, 'factors', 'returnSign'], 'its gradient'),
  logMeanExp: x([], SUM, 'the logarithm of the mean of exp x'),
  logMeanExpGrad: x(['dy'], SUM, 'its gradient'),
  logAddExp: a(['b'], [], 'log(exp a + exp b)'),
  logAddExpGrad: a(['b', 'dy'], [], 'its gradients'),
  logCumSumExp: x([], ['axis'], 'running log-sum-exp'),
  logCumSumExpGrad: x(['dy'], ['axis'], 'its gradient'),
  hardmax: x([], ['axis', 'mask'], 'one 1 in each row, at the first maximum'),
  oneHot: { ...x(['depth'], ['axis'], 'one 1 in each row, at its class'), input: 'classes', rows: false },
  sparsemax: x([], ['axis', 'mask'], 'the projection onto the simplex'),
  sparsemaxGrad: x(['dy'], ['axis', 'mask'], 'its gradient'),
  entmax: x([], ['axis', 'mask', 'alpha'], 'α-entmax, between softmax and sparsemax'),
  entmaxGrad: x(['dy'], ['axis', 'mask', 'alpha'], 'its gradient'),
  crossEntropy: loss(['target'], [...CROSS_ENTROPY], 'the loss of logits against classes'),
  crossEntropyGrad: whole(['target'], [...CROSS_ENTROPY, 'dy'], 'the loss and its gradient'),
  nllLoss: loss(['target'], LIKELIHOOD, 'the same of log-probabilities'),
  nllLossGrad: whole(['target'], [...LIKELIHOOD, 'dy'], 'the loss and its gradient'),
  sparsemaxLoss: loss(['target'], LOSS, 'the sparsemax loss'),
  sparsemaxLossGrad: whole(['target'], [...LOSS, 'dy'], 'the loss and its gradient'),
  entmaxLoss: loss(['target'], [...LOSS, 'alpha'], 'the entmax loss'),
  entmaxLossGrad: whole(['target'], [...LOSS, 'alpha', 'dy'], 'the loss and its gradient'),
  klDivergence: p(['q'], DIVERGENCE, 'Σ p·log(p/q)'),
  klDivergenceGrad: p(['q', 'dy'], DIVERGENCE, 'its gradients'),
  entropy: p([], DIVERGENCE, '−Σ p·log p'),
  entropyGrad: p(['dy'], DIVERGENCE, 'its gradient'),
  gumbelSoftmax: x([], [...NOISE, 'hard'], 'a relaxed sample'),
  gumbelSoftmaxGrad: x(['dy'], [...NOISE, 'hard'], 'its gradient'),
  sample: x([], NOISE, 'a class of each row, drawn'),
  sampleWithoutReplacement: x(['k'], NOISE, 'k different classes of each row'),
  hierarchicalSoftmax: h(['weights', 'tree'], ['bias', 'log'], 'probabilities by a tree'),
  hierarchicalSoftmaxGrad: h(['weights', 'tree', 'dy'], ['bias', 'log'], 'its gradients'),
  hierarchicalLoss: h(['weights', 'target', 'tree'], ['bias', ...PATH], 'the loss by a tree'),
  hierarchicalLossGrad: h(
    ['weights', 'target', 'tree'],
    ['bias', ...PATH, 'dy'],
    'the loss and its gradients',
  ),
  hierarchicalLogProb: h(
    ['weights', 'target', 'tree'],
    ['bias', 'ignoreIndex'],
    'log-probabilities of targets',
  ),
  hierarchicalLogProbGrad: h(['weights', 'target', 'tree', 'dy'], ['bias', 'ignoreIndex'], 'its gradients'),
  hierarchicalTopK: h(['weights', 'tree', 'k'], ['bias'], 'the k likeliest classes'),
  hierarchicalSample: h(['weights', 'tree'], ['bias', 'seed', 'stream'], 'a class of each row, drawn'),
  adaptiveSoftmax: h(['parameters'], ['log'], 'probabilities, frequent classes first'),
  adaptiveSoftmaxGrad: h(['parameters', 'dy'], ['log'], 'its gradients'),
  adaptiveLoss: h(['parameters', 'target'], PATH, 'the loss of adaptive softmax'),
  adaptiveLossGrad: h(['parameters', 'target'], [...PATH, 'dy'], 'the loss and its gradients'),
  adaptiveLogProb: h(['parameters', 'target'], ['ignoreIndex'], 'log-probabilities of targets'),
  adaptiveLogProbGrad: h(['parameters', 'target', 'dy'], ['ignoreIndex'], 'its gradients'),
};
