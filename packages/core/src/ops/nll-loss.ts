import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import { SoftmaxError } from '../errors.ts';
import type { Input } from '../input/input.ts';
import {
  isProbabilities,
  LIKELIHOOD_OPTIONS,
  type LikelihoodOptions,
  likelihood,
} from '../lowering/likelihood.ts';
import { lossGrad } from '../lowering/loss-grad.ts';
import { known } from '../lowering/options.ts';

export interface NllLossGradOptions extends LikelihoodOptions {
  /** The cotangent of the loss, in its shape; a factor of the gradient. Default: 1. */
  readonly dy?: Input;
}

export const nllLossOperation: Operation = {
  arguments: ['x', 'target'],
  options: LIKELIHOOD_OPTIONS,
  results: ['loss'],
  kernels: ['nllLoss'],
  rows: 'unreduced',
  about: 'the same of log-probabilities',
};

/**
 * The negative log-likelihood of class targets y, l = −Σ_c w_c·q_c·x_c, q = (1 − α)·e_y + α/K. It
 * equals `crossEntropy` on inputs that already are log-probabilities.
 *
 * @param x log-probabilities, the classes along `axis`
 * @param target the class of each row, in the shape of x without its class axis (or flat)
 * @returns one number (rank 0), or one for each row with `reduction: 'none'`
 * @throws {SoftmaxError} as `crossEntropy`
 * @see PyTorch, `torch.nn.NLLLoss` (weights, ignored labels, reductions)
 * @example
 * ```ts
 * nllLoss([[-1, -2]], [1]).toArray(); // 2
 * ```
 */
export function nllLoss(x: Input, target: Input, options: LikelihoodOptions = {}): Call<'loss'> {
  refuseProbabilities(target);
  const { unit: _, ...call } = likelihood(x, target, options);
  return { kernel: 'nllLoss', ...call };
}

export const nllLossGradOperation: Operation = {
  arguments: ['x', 'target'],
  options: [...LIKELIHOOD_OPTIONS, 'dy'],
  results: ['loss', 'dx'],
  kernels: ['nllLossGrad'],
  gradientOf: 'nllLoss',
  rows: 'together',
  about: 'the loss and its gradient',
};

/**
 * The negative log-likelihood and its gradient: { loss, dx }, dx = −w∘q, scaled by the reduction
 * and `dy`.
 *
 * @throws {SoftmaxError} as `nllLoss`; INVALID_SHAPE for a dy that does not fit
 * @example
 * ```ts
 * nllLossGrad([[-1, -2]], [1]).dx.toArray(); // [[0, -1]]
 * ```
 */
export function nllLossGrad(x: Input, target: Input, withDy: NllLossGradOptions = {}): Call<'loss' | 'dx'> {
  known(withDy, nllLossGradOperation.options);
  const { dy, ...options } = withDy;
  refuseProbabilities(target);
  const { unit: _, ...call } = likelihood(x, target, options);
  return lossGrad('nllLossGrad', call.problem, call, dy, { dx: call.inputs.x.from.shape });
}

function refuseProbabilities(target: Input): void {
  if (isProbabilities(target))
    throw new SoftmaxError(
      'INVALID_TARGET',
      'target',
      '{ probabilities }',
      'classes; crossEntropy takes probabilities',
    );
}
