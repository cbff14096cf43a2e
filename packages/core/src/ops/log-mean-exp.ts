import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { vjp } from '../lowering/vjp.ts';
import { type LogMeanExpOptions, sumOf } from './log-sum-exp.ts';

export const logMeanExpOperation: Operation = {
  arguments: ['x'],
  options: ['axis', 'dtype', 'keepDims', 'mask'],
  results: ['y'],
  kernels: ['logSumExp'],
  rows: 'apart',
  about: 'the logarithm of the mean of exp x',
};

/**
 * logMeanExp(x) = log((Σⱼ exp xⱼ)/n) over the n entries that the mask allows; −inf if there are
 * none. Never above max x.
 *
 * @param x logits of any shape; the result loses the axes that are averaged
 * @throws {SoftmaxError} as `logSumExp`
 * @see P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax
 * functions", IMA Journal of Numerical Analysis 41, 2021
 * @example
 * ```ts
 * logMeanExp([1000, 1000]).toArray(); // 1000
 * ```
 */
export function logMeanExp(x: Input, options: LogMeanExpOptions = {}): Call<'y'> {
  const { problem, inputs, results, fill } = sumOf(x, options, logMeanExpOperation.options);
  return { kernel: 'logSumExp', problem: { ...problem, mean: true }, inputs, results, fill };
}

export const logMeanExpGradOperation: Operation = {
  arguments: ['x', 'dy'],
  options: ['axis', 'dtype', 'keepDims', 'mask'],
  results: ['dx'],
  kernels: ['logSumExpGrad'],
  gradientOf: 'logMeanExp',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of `logMeanExp`, equal to the product of `logSumExp`:
 * dx = dy·softmax(x).
 *
 * @throws {SoftmaxError} as `logMeanExp`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * logMeanExpGrad([0, 0], 1).toArray(); // [0.5, 0.5]
 * ```
 */
export function logMeanExpGrad(x: Input, dy: Input, options: LogMeanExpOptions = {}): Call<'dx'> {
  const { like: dx, ...call } = sumOf(x, options, logMeanExpOperation.options);
  return vjp('logSumExpGrad', call, dy, { dx });
}
