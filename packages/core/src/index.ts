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
export type { CrossEntropy, Distribution, EmptyRow, KernelName, Kernels, Problem } from './kernels.ts';
export type { Method } from './method.ts';
export type { CrossEntropyGradOptions, CrossEntropyOptions } from './ops/cross-entropy.ts';
export type { SoftmaxOptions } from './ops/distribution.ts';
export type { LogSumExpOptions } from './ops/log-sum-exp.ts';
export type { ReductionOptions } from './ops/reduction.ts';
export {
  crossEntropy,
  crossEntropyGrad,
  logSoftmax,
  logSoftmaxGrad,
  logSumExp,
  logSumExpGrad,
  softmax,
  softmaxGrad,
  softmin,
  softminGrad,
} from './reference.ts';
export { type Results, run } from './run.ts';
export type { Rows, Shape } from './shape.ts';
export { type Nested, Tensor } from './tensor.ts';
