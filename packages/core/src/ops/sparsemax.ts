import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { rowWise, SPARSEMAX_OPTIONS, type SparsemaxOptions } from '../lowering/row-wise.ts';
import { vjp } from '../lowering/vjp.ts';

export const sparsemaxOperation: Operation = {
  arguments: ['x'],
  options: SPARSEMAX_OPTIONS,
  results: ['y'],
  kernels: ['sparsemax'],
  rows: 'apart',
  about: 'the projection onto the simplex',
};

/**
 * sparsemax(x) = [x − τ]₊ with Σ p = 1: the point of the simplex nearest to x. Entries far below
 * the maximum are exactly 0.
 *
 * @param x logits of any shape; the result has the same shape and float type
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION, INVALID_INPUT
 * @see A. F. T. Martins, R. F. Astudillo, "From Softmax to Sparsemax", 2016
 * @example
 * ```ts
 * sparsemax([-2, 0, 0.5]).toArray(); // [0, 0.25, 0.75]
 * ```
 */
export function sparsemax(x: Input, options: SparsemaxOptions = {}): Call<'y'> {
  return { kernel: 'sparsemax', ...rowWise(x, options) };
}

export const sparsemaxGradOperation: Operation = {
  arguments: ['x', 'dy'],
  options: SPARSEMAX_OPTIONS,
  results: ['dx'],
  kernels: ['entmaxGrad'],
  gradientOf: 'sparsemax',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of `sparsemax`: dx = dy − mean of dy over the support, and 0 outside
 * it.
 *
 * @param dy the cotangent, of the shape of x
 * @throws {SoftmaxError} as `sparsemax`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * sparsemaxGrad([-2, 0, 0.5], [1, 2, 3]).toArray(); // [0, -0.5, 0.5]
 * ```
 */
export function sparsemaxGrad(x: Input, dy: Input, options: SparsemaxOptions = {}): Call<'dx'> {
  const call = rowWise(x, options);
  const problem = { ...call.problem, alpha: 2 };
  return vjp('entmaxGrad', { ...call, problem }, dy, { dx: call.results.y });
}
