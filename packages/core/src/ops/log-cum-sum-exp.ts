import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import type { Axis } from '../layout/axis.ts';
import type { FloatType } from '../layout/dtype.ts';
import { rowsOf } from '../lowering/row-wise.ts';
import { vjp } from '../lowering/vjp.ts';

export interface LogCumSumExpOptions {
  /** The axis along which sums accumulate; several count in row-major order. Default: −1. */
  readonly axis?: Axis;
  /**
   * The float type to convert host values to; a tensor must already have it. Default: the type of
   * the values, float32 for integers and booleans.
   */
  readonly dtype?: FloatType;
}

export const logCumSumExpOperation: Operation = {
  arguments: ['x'],
  options: ['axis', 'dtype'],
  results: ['y'],
  kernels: ['logCumSumExp'],
  rows: 'apart',
  about: 'running log-sum-exp',
};

/**
 * logCumSumExp(x)ₖ = log Σ_{j ≤ k} exp xⱼ along an axis.
 *
 * @param x logits of any shape; the result has the same shape and float type
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION, INVALID_INPUT
 * @see M. Milakov, N. Gimelshein, "Online normalizer calculation for softmax", 2018,
 * arXiv 1805.02867 (the running maximum)
 * @example
 * ```ts
 * logCumSumExp([0, 0]).toArray(); // [0, 0.6931471805599453]
 * ```
 */
export function logCumSumExp(x: Input, options: LogCumSumExpOptions = {}): Call<'y', 'logCumSumExp'> {
  const { problem, x: operand, like: y, fill } = rowsOf(x, options, logCumSumExpOperation.options);
  return { kernel: 'logCumSumExp', problem, inputs: { x: operand }, results: { y }, fill };
}

export const logCumSumExpGradOperation: Operation = {
  arguments: ['x', 'dy'],
  options: ['axis', 'dtype'],
  results: ['dx'],
  kernels: ['logCumSumExpGrad'],
  gradientOf: 'logCumSumExp',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of `logCumSumExp`: dxₖ = Σ_{j ≥ k} dyⱼ·exp(xₖ − yⱼ); exactly 0 at
 * −inf.
 *
 * @param dy the cotangent, of the shape of x
 * @throws {SoftmaxError} as `logCumSumExp`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * logCumSumExpGrad([0, 0], [1, 1]).toArray(); // [1.5, 0.5]
 * ```
 */
export function logCumSumExpGrad(x: Input, dy: Input, options: LogCumSumExpOptions = {}): Call<'dx'> {
  const call = logCumSumExp(x, options);
  return vjp('logCumSumExpGrad', call, dy, { dx: call.results.y });
}
