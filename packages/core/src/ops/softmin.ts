import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import {
  distribution,
  distributionGrad,
  SOFTMAX_OPTIONS,
  type SoftmaxOptions,
} from '../lowering/distribution.ts';

export const softminOperation: Operation = {
  arguments: ['x'],
  options: SOFTMAX_OPTIONS,
  results: ['y'],
  kernels: ['softmax'],
  rows: 'apart',
  about: 'softmax of −x',
};

/**
 * softmin(x) = softmax(−x), negated after the conversion to float. The sink is a logit of −x. An
 * entry of +inf is impossible.
 *
 * @throws {SoftmaxError} as `softmax`
 * @see PyTorch, `torch.nn.Softmin`
 * @example
 * ```ts
 * softmin([1, 2]).toArray(); // [0.7310585786300049, 0.2689414213699951]
 * ```
 */
export function softmin(x: Input, options: SoftmaxOptions = {}): Call<'y'> {
  return distribution('softmax', x, options, true);
}

export const softminGradOperation: Operation = {
  arguments: ['x', 'dy'],
  options: SOFTMAX_OPTIONS,
  results: ['dx'],
  kernels: ['softmaxGrad'],
  gradientOf: 'softmin',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of `softmin`: dx = −p ∘ (dy − Σ p·dy)/T, with p = softmin(x).
 *
 * @throws {SoftmaxError} as `softmax`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * softminGrad([0, 0], [1, 0]).toArray(); // [-0.25, 0.25]
 * ```
 */
export function softminGrad(x: Input, dy: Input, options: SoftmaxOptions = {}): Call<'dx'> {
  return distributionGrad('softmaxGrad', x, dy, options, true);
}
