import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import {
  isProbabilities,
  LIKELIHOOD_OPTIONS,
  type LikelihoodOptions,
  likelihood,
  type Probabilities,
} from '../lowering/likelihood.ts';
import { lossGrad } from '../lowering/loss-grad.ts';
import { inRange, known } from '../lowering/options.ts';

export interface CrossEntropyOptions extends LikelihoodOptions {
  /**
   * c ≥ 0: adds c·logSumExp² to the loss of each row (Chowdhery et al., "PaLM", 2022, §5).
   * Default: 0.
   */
  readonly zLoss?: number;
}

export interface CrossEntropyGradOptions extends CrossEntropyOptions {
  /** The cotangent of the loss, in its shape; a factor of the gradient. Default: 1. */
  readonly dy?: Input;
}

export const crossEntropyOperation: Operation = {
  arguments: ['x', 'target'],
  options: [...LIKELIHOOD_OPTIONS, 'zLoss'],
  results: ['loss'],
  kernels: ['crossEntropy', 'softCrossEntropy'],
  probabilities: true,
  rows: 'unreduced',
  about: 'the loss of logits against classes',
};

/**
 * The cross-entropy l = −Σ_c w_c·q_c·log p_c + zLoss·lse², p = softmax(x), lse = logSumExp(x),
 * 0·log 0 = 0.
 * The target q is a class y, q = (1 − α)·e_y + α/K, or probabilities t, q = (1 − α)·t + α/K. The
 * mean over class targets is Σ l / Σ w_y over the rows that are not ignored.
 * The mean over probabilities is Σ l / the number of rows. Nothing is clipped.
 *
 * @param x logits, the classes along `axis`
 * @param target the class of each row, integers in any array, in the shape of x without its class
 * axis (or flat);
 * or { probabilities } in the shape of x, whose rows must sum to 1 only with `normalized`
 * @returns one number (rank 0), or one for each row with `reduction: 'none'`
 * @throws {SoftmaxError} INVALID_TARGET names the flat index and the value; EMPTY with `emptyMean:
 * 'throw'`
 * @see C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016, §7
 * (label smoothing)
 * @example
 * ```ts
 * crossEntropy([[100, 0], [0, 0]], [1, -100]).toArray(); // 100
 * crossEntropy([[0, 0]], { probabilities: [[0.5, 0.5]] }).toArray(); // 0.6931471805599453
 * ```
 */
export function crossEntropy(
  x: Input,
  target: Input | Probabilities,
  options: CrossEntropyOptions = {},
): Call<'loss'> {
  return {
    kernel: isProbabilities(target) ? 'softCrossEntropy' : 'crossEntropy',
    ...lower(x, target, options),
  };
}

export const crossEntropyGradOperation: Operation = {
  arguments: ['x', 'target'],
  options: [...LIKELIHOOD_OPTIONS, 'zLoss', 'dy'],
  results: ['loss', 'dx'],
  extraResults: { dt: 'target' },
  kernels: ['crossEntropyGrad', 'softCrossEntropyGrad'],
  probabilities: true,
  gradientOf: 'crossEntropy',
  rows: 'together',
  about: 'the loss and its gradient',
};

/**
 * The cross-entropy and its gradient in one pass: { loss, dx },
 * dx = (Σ_c w_c·q_c)·p − w∘q + 2·zLoss·lse·p, scaled by the reduction and `dy`. Targets that are
 * probabilities add dt = −(1 − α)·w∘log p. Ignored rows, masked and −inf entries get exactly 0.
 *
 * @param x logits, the classes along `axis`
 * @param target as in `crossEntropy`
 * @throws {SoftmaxError} as `crossEntropy`; INVALID_SHAPE for a dy that does not fit
 * @example
 * ```ts
 * crossEntropyGrad([[0, 0]], [1]).dx.toArray(); // [[0.5, -0.5]]
 * ```
 */
export function crossEntropyGrad(
  x: Input,
  target: Probabilities,
  options?: CrossEntropyGradOptions,
): Call<'loss' | 'dx' | 'dt'>;
export function crossEntropyGrad(
  x: Input,
  target: Input,
  options?: CrossEntropyGradOptions,
): Call<'loss' | 'dx'>;
export function crossEntropyGrad(
  x: Input,
  target: Input | Probabilities,
  withDy: CrossEntropyGradOptions = {},
): Call<'loss' | 'dx' | 'dt'> | Call<'loss' | 'dx'> {
  known(withDy, crossEntropyGradOperation.options);
  const { dy, ...options } = withDy;
  const call = lower(x, target, options);
  const { shape } = call.inputs.x.from;
  if (isProbabilities(target))
    return lossGrad('softCrossEntropyGrad', call.problem, call, dy, { dx: shape, dt: shape });
  return lossGrad('crossEntropyGrad', call.problem, call, dy, { dx: shape });
}

function lower(x: Input, target: Input | Probabilities, options: CrossEntropyOptions) {
  const { unit, ...call } = likelihood(x, target, options, crossEntropyOperation.options);
  const zLoss = inRange('zLoss', options.zLoss ?? 0, 0, Number.MAX_VALUE);
  return { ...call, problem: { ...call.problem, zLoss: unit * zLoss } };
}
