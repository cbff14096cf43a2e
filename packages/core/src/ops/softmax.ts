import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import {
  distribution,
  distributionGrad,
  SOFTMAX_OPTIONS,
  type SoftmaxOptions,
} from '../lowering/distribution.ts';

export const softmaxOperation: Operation = {
  arguments: ['x'],
  options: SOFTMAX_OPTIONS,
  results: ['y'],
  kernels: ['softmax'],
  rows: 'apart',
  about: 'probabilities',
};

/**
 * Converts logits to probabilities proportional to exp(x/T):
 * softmax(x)ₖ = exp((xₖ − m)/T) / Σⱼ exp((xⱼ − m)/T), m = max x.
 *
 * @param x logits of any shape; the result has the same shape and float type
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION, INVALID_INPUT; EMPTY with
 * `emptyRow: 'throw'`
 * @see J. S. Bridle, "Probabilistic Interpretation of Feedforward Classification Network Outputs",
 * 1990
 * @example
 * ```ts
 * softmax([1000, 1001, 1002]).toArray(); // [0.09003057317038046, 0.24472847105479764, 0.6652409557748218]
 * ```
 */
export function softmax(x: Input, options: SoftmaxOptions = {}): Call<'y'> {
  return distribution('softmax', x, options);
}

export const softmaxGradOperation: Operation = {
  arguments: ['x', 'dy'],
  options: SOFTMAX_OPTIONS,
  results: ['dx'],
  kernels: ['softmaxGrad'],
  gradientOf: 'softmax',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of `softmax`: dx = p ∘ (dy − Σ p·dy)/T, with p = softmax(x).
 *
 * @param dy the cotangent, of the shape of x
 * @param options the options of the forward call; masked and −inf entries get exactly 0
 * @throws {SoftmaxError} as `softmax`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * softmaxGrad([0, 0], [1, 0]).toArray(); // [0.25, -0.25]
 * ```
 */
export function softmaxGrad(x: Input, dy: Input, options: SoftmaxOptions = {}): Call<'dx'> {
  return distributionGrad('softmaxGrad', x, dy, options);
}
