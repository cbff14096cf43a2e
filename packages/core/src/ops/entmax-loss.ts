import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import { SoftmaxError } from '../errors.ts';
import type { HostInput } from '../input/host-input.ts';
import type { Input } from '../input/input.ts';
import type { FloatType } from '../layout/dtype.ts';
import { isProbabilities, likelihood } from '../lowering/likelihood.ts';
import { lossGrad } from '../lowering/loss-grad.ts';
import { inRange, known } from '../lowering/options.ts';
import { REDUCTION_OPTIONS, type ReductionOptions } from '../lowering/reduction.ts';

export interface SparsemaxLossOptions extends ReductionOptions {
  /** The class axis. Default: −1. */
  readonly axis?: number;
  /**
   * The float type to convert host logits to; a tensor must already have it. Default: the type of
   * the logits, float32 for integers and booleans.
   */
  readonly dtype?: FloatType;
  /** Rows with this target are skipped. Default: −100. */
  readonly ignoreIndex?: number;
  /**
   * Booleans, broadcast to x: true is a possible class. A hidden target is an error. Default: all.
   */
  readonly mask?: HostInput;
}
export interface SparsemaxLossGradOptions extends SparsemaxLossOptions {
  /** The cotangent of the loss, in its shape; a factor of the gradient. Default: 1. */
  readonly dy?: Input;
}
export interface EntmaxLossOptions extends SparsemaxLossOptions {
  /** α in [1, +∞): 1 is the cross-entropy, 2 the sparsemax loss. Default: 1.5. */
  readonly alpha?: number;
}
export interface EntmaxLossGradOptions extends EntmaxLossOptions, SparsemaxLossGradOptions {}

export const SPARSEMAX_LOSS_OPTIONS: readonly (keyof SparsemaxLossOptions)[] = [
  'axis',
  'dtype',
  'ignoreIndex',
  'mask',
  ...REDUCTION_OPTIONS,
];

export const entmaxLossOperation: Operation = {
  arguments: ['x', 'target'],
  options: [...SPARSEMAX_LOSS_OPTIONS, 'alpha'],
  results: ['loss'],
  kernels: ['entmaxLoss', 'crossEntropy'],
  rows: 'unreduced',
  about: 'the entmax loss',
};

/**
 * The Fenchel–Young loss of `entmax`:
 * l = H_α(p) + ⟨p, x⟩ − x_y, p = entmax(x), H_α(p) = Σ (p − p^α)/(α(α − 1)).
 * It is exactly 0 where p is one-hot at y: x_y exceeds the other logits by 1/(α − 1).
 *
 * @param x logits, the classes along `axis`
 * @param target the class y of each row, integers in any array, in the shape of x without its class
 * axis (or flat)
 * @returns one number (rank 0), or one for each row with `reduction: 'none'`
 * @throws {SoftmaxError} INVALID_TARGET names the flat index and the value; INVALID_OPTION for α
 * below 1, NaN or +∞
 * @see M. Blondel, A. F. T. Martins, V. Niculae, "Learning with Fenchel-Young Losses", 2020
 * @example
 * ```ts
 * entmaxLoss([[1, 2, 2.5], [0, 0.1, -3]], [2, 0], { reduction: 'none' }).toArray(); // [0.18460100…, 0.44229150…]
 * ```
 */
export function entmaxLoss(x: Input, target: Input, options: EntmaxLossOptions = {}): Call<'loss'> {
  const { alpha, problem, ...call } = lower(x, target, options);
  if (alpha === 1)
    return { kernel: 'crossEntropy', problem: { ...problem, smoothing: 0, zLoss: 0 }, ...call };
  return { kernel: 'entmaxLoss', problem: { ...problem, alpha }, ...call };
}

export const entmaxLossGradOperation: Operation = {
  arguments: ['x', 'target'],
  options: [...SPARSEMAX_LOSS_OPTIONS, 'alpha', 'dy'],
  results: ['loss', 'dx'],
  kernels: ['entmaxLossGrad', 'crossEntropyGrad'],
  gradientOf: 'entmaxLoss',
  rows: 'together',
  about: 'the loss and its gradient',
};

/**
 * The entmax loss and its gradient in one pass: { loss, dx }, dx = p − e_y, scaled by the reduction
 * and `dy`. Ignored rows, masked and −inf entries get exactly 0.
 *
 * @throws {SoftmaxError} as `entmaxLoss`; INVALID_SHAPE for a dy that does not fit
 * @example
 * ```ts
 * entmaxLossGrad([[0, 0]], [1]).dx.toArray(); // [[0.5, -0.5]]
 * ```
 */
export function entmaxLossGrad(
  x: Input,
  target: Input,
  withDy: EntmaxLossGradOptions = {},
): Call<'loss' | 'dx'> {
  known(withDy, entmaxLossGradOperation.options);
  const { dy, ...options } = withDy;
  const { alpha, problem, ...call } = lower(x, target, options);
  const shapes = { dx: call.inputs.x.from.shape };
  if (alpha === 1)
    return lossGrad('crossEntropyGrad', { ...problem, smoothing: 0, zLoss: 0 }, call, dy, shapes);
  return lossGrad('entmaxLossGrad', { ...problem, alpha }, call, dy, shapes);
}

function lower(x: Input, target: Input, { alpha = 1.5, ...options }: EntmaxLossOptions) {
  inRange('alpha', alpha, 1, Number.MAX_VALUE);
  if (isProbabilities(target))
    throw new SoftmaxError('INVALID_TARGET', 'target', 'probabilities', 'class indices');
  const { problem, unit: _unit, ...call } = likelihood(x, target, options, entmaxLossOperation.options);
  const { smoothing: _, ...reduced } = problem;
  return { alpha, problem: reduced, ...call };
}
