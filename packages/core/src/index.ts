export {
  type CalibrationError,
  type CalibrationErrorOptions,
  expectedCalibrationError,
} from './calibration/expected-calibration-error.ts';
export {
  type FitTemperatureOptions,
  fitTemperature,
  type TemperatureFit,
} from './calibration/fit-temperature.ts';
export type { LabelledRowsOptions } from './calibration/labelled-rows.ts';
export type {
  Backend,
  Claims,
  Deviation,
  Done,
  Kernel,
  KernelTable,
  Level,
  Mode,
} from './contract/backend.ts';
export type { Call, HostTensor, Operand, Result } from './contract/call.ts';
export { withFallback } from './contract/fallback.ts';
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
} from './contract/kernels.ts';
export type { SeededNoise } from './contract/seeded-noise.ts';
export { type Nested, Tensor } from './contract/tensor.ts';
export type { HierarchicalKernels } from './contract/tree-kernels.ts';
export { cpu, cpuKernels } from './cpu/cpu.ts';
export { createSoftmax, type Softmax } from './create.ts';
export { type ErrorCode, SoftmaxError } from './errors.ts';
export type { Method } from './execute/method.ts';
export type { Results } from './execute/results.ts';
export { run } from './execute/run.ts';
export type { HostInput, NestedInput, Shaped, TypedArray } from './input/host-input.ts';
export type { Input } from './input/input.ts';
export type { Axis } from './layout/axis.ts';
export type { DType, FloatType, Host, HostOf } from './layout/dtype.ts';
export { fromFloat16, toFloat16 } from './layout/float16.ts';
export type { Rows, Shape } from './layout/shape.ts';
export type { AdaptiveParameters } from './lowering/adaptive-layer.ts';
export type { AdaptiveGradient } from './lowering/cluster-loss.ts';
export type { SoftmaxOptions } from './lowering/distribution.ts';
export type { LikelihoodOptions, Probabilities } from './lowering/likelihood.ts';
export { gumbel, gumbelNoise, type NoiseOptions, type Seed, uniform } from './lowering/noise.ts';
export type { NoiseSource } from './lowering/noise-source.ts';
export type { ReductionOptions } from './lowering/reduction.ts';
export type { SparsemaxOptions } from './lowering/row-wise.ts';
export type { HierarchicalOptions } from './lowering/tree-layer.ts';
export type { OpName } from './operations.ts';
export type { AdaptiveLogProbOptions } from './ops/adaptive-log-prob.ts';
export type { AdaptiveLossGradOptions, AdaptiveLossOptions } from './ops/adaptive-loss.ts';
export type { AdaptiveSoftmaxOptions } from './ops/adaptive-softmax.ts';
export type { CrossEntropyGradOptions, CrossEntropyOptions } from './ops/cross-entropy.ts';
export type { EntmaxOptions } from './ops/entmax.ts';
export type {
  EntmaxLossGradOptions,
  EntmaxLossOptions,
  SparsemaxLossGradOptions,
  SparsemaxLossOptions,
} from './ops/entmax-loss.ts';
export type { GumbelSoftmaxOptions } from './ops/gumbel-softmax.ts';
export type { HierarchicalLogProbOptions } from './ops/hierarchical-log-prob.ts';
export type { HierarchicalLossGradOptions, HierarchicalLossOptions } from './ops/hierarchical-loss.ts';
export type { HierarchicalSampleOptions } from './ops/hierarchical-sample.ts';
export type { HierarchicalSoftmaxOptions } from './ops/hierarchical-softmax.ts';
export type { DivergenceOptions } from './ops/kl-divergence.ts';
export type { LogCumSumExpOptions } from './ops/log-cum-sum-exp.ts';
export type { LogMeanExpOptions, LogSumExpOptions } from './ops/log-sum-exp.ts';
export type { NllLossGradOptions } from './ops/nll-loss.ts';
export type { OneHotOptions } from './ops/one-hot.ts';
export type { SampleOptions } from './ops/sample.ts';
export {
  adaptiveLogProb,
  adaptiveLogProbGrad,
  adaptiveLoss,
  adaptiveLossGrad,
  adaptiveSoftmax,
  adaptiveSoftmaxGrad,
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
  hierarchicalLogProb,
  hierarchicalLogProbGrad,
  hierarchicalLoss,
  hierarchicalLossGrad,
  hierarchicalSample,
  hierarchicalSoftmax,
  hierarchicalSoftmaxGrad,
  hierarchicalTopK,
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
  type Combiner,
  combiner,
  type LogSumExpState,
  logSumExpCombiner,
  logSumExpState,
  type Mergeable,
} from './streaming/log-sum-exp-state.ts';
export {
  type Logit,
  type RowState,
  type RowStateOf,
  type RowValue,
  rowState,
} from './streaming/row-state.ts';
export { balancedTree } from './tree/balanced-tree.ts';
export { huffmanTree } from './tree/huffman-tree.ts';
export { type NestedTree, nestedTree } from './tree/nested-tree.ts';
export type { Tree } from './tree/tree.ts';
export { treeOf } from './tree/tree-of.ts';
