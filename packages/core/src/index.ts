export type { Axis } from './axis.ts';
export type { Backend, Claims, Deviation, Done, Kernel, KernelTable, Level, Mode } from './backend.ts';
export type { Call, HostTensor, Operand, Result } from './call.ts';
export { cpu, cpuKernels } from './cpu/cpu.ts';
export { createSoftmax, type OpName, type Softmax } from './create.ts';
export type { DType, FloatType, Host, HostOf } from './dtype.ts';
export { type ErrorCode, SoftmaxError } from './errors.ts';
export {
  type CalibrationError,
  type CalibrationErrorOptions,
  expectedCalibrationError,
} from './expected-calibration-error.ts';
export { withFallback } from './fallback.ts';
export { type FitTemperatureOptions, fitTemperature, type TemperatureFit } from './fit-temperature.ts';
export { fromFloat16, toFloat16 } from './float16.ts';
export type { HierarchicalKernels } from './hierarchy.ts';
export type { HostInput, NestedInput, Shaped, TypedArray } from './host-input.ts';
export type { Input } from './input.ts';
export type {
  CrossEntropy,
  Distribution,
  Draw,
  EmptyRow,
  Entmax,
  EntmaxLoss,
  Gumbel,
  KernelName,
  Kernels,
  Likelihood,
  LogSum,
  Problem,
  Reduced,
  SignedLogSum,
} from './kernels.ts';
export type { LabelledRowsOptions } from './labelled-rows.ts';
export {
  type Combiner,
  combiner,
  type LogSumExpState,
  logSumExpCombiner,
  logSumExpState,
  type Mergeable,
} from './log-sum-exp-state.ts';
export type { Method } from './method.ts';
export { gumbel, gumbelNoise, type NoiseOptions, type Seed, uniform } from './noise.ts';
export type { AdaptiveParameters } from './ops/adaptive.ts';
export type { AdaptiveLogProbOptions } from './ops/adaptive-log-prob.ts';
export type { AdaptiveLossGradOptions, AdaptiveLossOptions } from './ops/adaptive-loss.ts';
export type { AdaptiveSoftmaxOptions } from './ops/adaptive-softmax.ts';
export type { AdaptiveGradient } from './ops/cluster-loss.ts';
export type { CrossEntropyGradOptions, CrossEntropyOptions } from './ops/cross-entropy.ts';
export type { SoftmaxOptions } from './ops/distribution.ts';
export type { EntmaxOptions } from './ops/entmax.ts';
export type {
  EntmaxLossGradOptions,
  EntmaxLossOptions,
  SparsemaxLossGradOptions,
  SparsemaxLossOptions,
} from './ops/entmax-loss.ts';
export type { GumbelSoftmaxOptions } from './ops/gumbel-softmax.ts';
export type { HierarchicalOptions } from './ops/hierarchical.ts';
export type { HierarchicalLogProbOptions } from './ops/hierarchical-log-prob.ts';
export type { HierarchicalLossGradOptions, HierarchicalLossOptions } from './ops/hierarchical-loss.ts';
export type { HierarchicalSampleOptions } from './ops/hierarchical-sample.ts';
export type { HierarchicalSoftmaxOptions } from './ops/hierarchical-softmax.ts';
export type { DivergenceOptions } from './ops/kl-divergence.ts';
export type { LikelihoodOptions, Probabilities } from './ops/likelihood.ts';
export type { LogCumSumExpOptions } from './ops/log-cum-sum-exp.ts';
export type { LogMeanExpOptions, LogSumExpOptions } from './ops/log-sum-exp.ts';
export type { NllLossGradOptions } from './ops/nll-loss.ts';
export type { NoiseSource } from './ops/noise-source.ts';
export type { OneHotOptions } from './ops/one-hot.ts';
export type { ReductionOptions } from './ops/reduction.ts';
export type { SparsemaxOptions } from './ops/row-wise.ts';
export type { SampleOptions } from './ops/sample.ts';
export {
  crossEntropy,
  crossEntropyGrad,
  entmax,
  entmaxGrad,
  entmaxLoss,
  entmaxLossGrad,
  entropy,
  entropyGrad,
  gumbelSoftmax,
  gumbelSoftmaxGrad,
  hardmax,
  klDivergence,
  klDivergenceGrad,
  logAddExp,
  logAddExpGrad,
  logCumSumExp,
  logCumSumExpGrad,
  logMeanExp,
  logMeanExpGrad,
  logSoftmax,
  logSoftmaxGrad,
  logSumExp,
  logSumExpGrad,
  nllLoss,
  nllLossGrad,
  oneHot,
  sample,
  sampleWithoutReplacement,
  softmax,
  softmaxGrad,
  softmin,
  softminGrad,
  sparsemax,
  sparsemaxGrad,
  sparsemaxLoss,
  sparsemaxLossGrad,
} from './reference.ts';
export {
  adaptiveLogProb,
  adaptiveLogProbGrad,
  adaptiveLoss,
  adaptiveLossGrad,
  adaptiveSoftmax,
  adaptiveSoftmaxGrad,
  hierarchicalLogProb,
  hierarchicalLogProbGrad,
  hierarchicalLoss,
  hierarchicalLossGrad,
  hierarchicalSample,
  hierarchicalSoftmax,
  hierarchicalSoftmaxGrad,
  hierarchicalTopK,
} from './reference-hierarchical.ts';
export type { Results } from './results.ts';
export { type Logit, type RowState, type RowStateOf, type RowValue, rowState } from './row-state.ts';
export { run } from './run.ts';
export type { SeededNoise } from './seeded-noise.ts';
export type { Rows, Shape } from './shape.ts';
export { type Nested, Tensor } from './tensor.ts';
export { balancedTree } from './tree/balanced-tree.ts';
export { huffmanTree } from './tree/huffman-tree.ts';
export { type NestedTree, nestedTree } from './tree/nested-tree.ts';
export type { Tree } from './tree/tree.ts';
export { treeOf } from './tree/tree-of.ts';
