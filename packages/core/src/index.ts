export type { Axis } from './axis.ts';
export type { Backend, Claims, Deviation, Done, Kernel, KernelTable, Level, Mode } from './backend.ts';
export type { Call, HostTensor, Operand, Result } from './call.ts';
export { cpu, cpuKernels } from './cpu/cpu.ts';
export { createSoftmax, type OpName, type Softmax } from './create.ts';
export type { DType, FloatType, Host, HostOf } from './dtype.ts';
export { type ErrorCode, SoftmaxError } from './errors.ts';
export { withFallback } from './fallback.ts';
export { fromFloat16, toFloat16 } from './float16.ts';
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
export type { CrossEntropyGradOptions, CrossEntropyOptions } from './ops/cross-entropy.ts';
export type { SoftmaxOptions } from './ops/distribution.ts';
export type { GumbelSoftmaxOptions } from './ops/gumbel-softmax.ts';
export type { DivergenceOptions } from './ops/kl-divergence.ts';
export type { LikelihoodOptions, Probabilities } from './ops/likelihood.ts';
export type { LogCumSumExpOptions } from './ops/log-cum-sum-exp.ts';
export type { LogMeanExpOptions, LogSumExpOptions } from './ops/log-sum-exp.ts';
export type { NllLossGradOptions } from './ops/nll-loss.ts';
export type { NoiseSource } from './ops/noise-source.ts';
export type { ReductionOptions } from './ops/reduction.ts';
export type { SampleOptions } from './ops/sample.ts';
export {
  crossEntropy,
  crossEntropyGrad,
  entropy,
  entropyGrad,
  gumbelSoftmax,
  gumbelSoftmaxGrad,
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
  sample,
  sampleWithoutReplacement,
  softmax,
  softmaxGrad,
  softmin,
  softminGrad,
} from './reference.ts';
export { type Logit, type RowState, type RowStateOf, type RowValue, rowState } from './row-state.ts';
export { type Results, run } from './run.ts';
export type { Rows, Shape } from './shape.ts';
export { type Nested, Tensor } from './tensor.ts';
