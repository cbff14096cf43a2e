import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { known } from '../lowering/options.ts';
import {
  entmaxLoss,
  entmaxLossGrad,
  SPARSEMAX_LOSS_OPTIONS,
  type SparsemaxLossGradOptions,
  type SparsemaxLossOptions,
} from './entmax-loss.ts';

export const sparsemaxLossOperation: Operation = {
  arguments: ['x', 'target'],
  options: SPARSEMAX_LOSS_OPTIONS,
  results: ['loss'],
  kernels: ['entmaxLoss'],
  rows: 'unreduced',
  about: 'the sparsemax loss',
};

/**
 * The Fenchel–Young loss of `sparsemax`: l = (1 − ‖p‖²)/2 + ⟨p, x⟩ − x_y, p = sparsemax(x). It is 0
 * where x_y exceeds the other logits by 1.
 *
 * @param x logits, the classes along `axis`
 * @param target the class y of each row, integers in any array, in the shape of x without its class
 * axis (or flat)
 * @returns one number (rank 0), or one for each row with `reduction: 'none'`
 * @throws {SoftmaxError} INVALID_TARGET names the flat index and the value
 * @see A. F. T. Martins, R. F. Astudillo, "From Softmax to Sparsemax", 2016, §3
 * @example
 * ```ts
 * sparsemaxLoss([[1, 2, 2.5]], [2]).toArray(); // 0.0625
 * ```
 */
export function sparsemaxLoss(x: Input, target: Input, options: SparsemaxLossOptions = {}): Call<'loss'> {
  known(options, sparsemaxLossOperation.options);
  return entmaxLoss(x, target, { ...options, alpha: 2 });
}

export const sparsemaxLossGradOperation: Operation = {
  arguments: ['x', 'target'],
  options: [...SPARSEMAX_LOSS_OPTIONS, 'dy'],
  results: ['loss', 'dx'],
  kernels: ['entmaxLossGrad'],
  gradientOf: 'sparsemaxLoss',
  rows: 'together',
  about: 'the loss and its gradient',
};

/**
 * The sparsemax loss and its gradient in one pass: { loss, dx }, dx = p − e_y, scaled by the
 * reduction and `dy`.
 *
 * @throws {SoftmaxError} as `sparsemaxLoss`; INVALID_SHAPE for a dy that does not fit
 * @example
 * ```ts
 * sparsemaxLossGrad([[1, 2, 2.5]], [2]).dx.toArray(); // [[0, 0.25, -0.25]]
 * ```
 */
export function sparsemaxLossGrad(
  x: Input,
  target: Input,
  options: SparsemaxLossGradOptions = {},
): Call<'loss' | 'dx'> {
  known(options, sparsemaxLossGradOperation.options);
  return entmaxLossGrad(x, target, { ...options, alpha: 2 });
}
