import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import {
  distribution,
  distributionGrad,
  SOFTMAX_OPTIONS,
  type SoftmaxOptions,
} from '../lowering/distribution.ts';

export const logSoftmaxOperation: Operation = {
  arguments: ['x'],
  options: SOFTMAX_OPTIONS,
  results: ['y'],
  kernels: ['logSoftmax'],
  rows: 'apart',
  about: 'log-probabilities',
};

/**
 * logSoftmax(x)ₖ = (xₖ − m)/T − log Σⱼ exp((xⱼ − m)/T), m = max x. Results close to 0 are accurate
 * too.
 *
 * @param x logits of any shape; the result has the same shape and float type
 * @throws {SoftmaxError} as `softmax`
 * @see P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax
 * functions", IMA Journal of Numerical Analysis 41, 2021
 * @example
 * ```ts
 * logSoftmax([0, -20]).toArray(); // [-2.061153620314381e-9, -20.000000002061153]
 * ```
 */
export function logSoftmax(x: Input, options: SoftmaxOptions = {}): Call<'y'> {
  return distribution('logSoftmax', x, options);
}

export const logSoftmaxGradOperation: Operation = {
  arguments: ['x', 'dy'],
  options: SOFTMAX_OPTIONS,
  results: ['dx'],
  kernels: ['logSoftmaxGrad'],
  gradientOf: 'logSoftmax',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of `logSoftmax`: dx = (dy − p·Σ dy)/T, with p = softmax(x).
 * Masked and −inf entries get exactly 0, and their dy is never read.
 *
 * @throws {SoftmaxError} as `softmax`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * logSoftmaxGrad([0, 0], [1, 0]).toArray(); // [0.5, -0.5]
 * ```
 */
export function logSoftmaxGrad(x: Input, dy: Input, options: SoftmaxOptions = {}): Call<'dx'> {
  return distributionGrad('logSoftmaxGrad', x, dy, options);
}
