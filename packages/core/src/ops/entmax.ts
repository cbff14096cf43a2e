import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { distribution, distributionGrad } from '../lowering/distribution.ts';
import { inRange, object } from '../lowering/options.ts';
import { rowWise, SPARSEMAX_OPTIONS, type SparsemaxOptions } from '../lowering/row-wise.ts';
import { vjp } from '../lowering/vjp.ts';
import { hardmax } from './hardmax.ts';

export interface EntmaxOptions extends SparsemaxOptions {
  /** α in [1, +∞]: 1 is softmax, 2 sparsemax, +∞ hardmax. Default: 1.5. */
  readonly alpha?: number;
}

export const entmaxOperation: Operation = {
  arguments: ['x'],
  options: [...SPARSEMAX_OPTIONS, 'alpha'],
  results: ['y'],
  kernels: ['entmax15', 'entmax', 'sparsemax', 'hardmax', 'softmax'],
  rows: 'apart',
  about: 'α-entmax, between softmax and sparsemax',
};

/**
 * entmax(x) = [(α − 1)x − τ]₊^{1/(α − 1)} with Σ p = 1. A larger α gives a sparser result; α = 1 is
 * softmax, α = 2 sparsemax.
 *
 * @param x logits of any shape; the result has the same shape and float type
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION (α below 1 or NaN),
 * INVALID_INPUT
 * @see B. Peters, V. Niculae, A. F. T. Martins, "Sparse Sequence-to-Sequence Models", 2019
 * @example
 * ```ts
 * entmax([-2, 0, 0.5]).toArray(); // [0, 0.32600736…, 0.67399263…]
 * ```
 */
export function entmax(x: Input, withAlpha: EntmaxOptions = {}): Call<'y'> {
  const { alpha = 1.5, ...options } = object(withAlpha);
  const call = rowWise(x, options, entmaxOperation.options);
  inRange('alpha', alpha, 1, Number.POSITIVE_INFINITY);
  if (alpha === 1) return distribution('softmax', x, options);
  if (alpha === Number.POSITIVE_INFINITY) return hardmax(x, options);
  if (alpha === 1.5 || alpha === 2) return { kernel: alpha === 2 ? 'sparsemax' : 'entmax15', ...call };
  return { kernel: 'entmax', ...call, problem: { ...call.problem, alpha } };
}

export const entmaxGradOperation: Operation = {
  arguments: ['x', 'dy'],
  options: [...SPARSEMAX_OPTIONS, 'alpha'],
  results: ['dx'],
  kernels: ['entmaxGrad', 'hardmax', 'softmaxGrad'],
  gradientOf: 'entmax',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of `entmax`: dx = s ∘ (dy − Σ s·dy / Σ s), s = p^{2 − α} on the
 * support and 0 outside it. For α = +∞ it is 0.
 *
 * @param dy the cotangent, of the shape of x
 * @throws {SoftmaxError} as `entmax`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * entmaxGrad([-2, 0, 0.5], [1, 2, 3]).toArray(); // [0, -0.33675994…, 0.33675994…]
 * ```
 */
export function entmaxGrad(x: Input, dy: Input, withAlpha: EntmaxOptions = {}): Call<'dx'> {
  const { alpha = 1.5, ...options } = object(withAlpha);
  const call = rowWise(x, options, entmaxOperation.options);
  const results = { dx: call.results.y };
  inRange('alpha', alpha, 1, Number.POSITIVE_INFINITY);
  if (alpha === 1) return distributionGrad('softmaxGrad', x, dy, options);
  if (alpha === Number.POSITIVE_INFINITY) return vjp('hardmax', { ...call, fill: 0 }, dy, results);
  return vjp('entmaxGrad', { ...call, problem: { ...call.problem, alpha } }, dy, results);
}
