import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import { floats, type Input } from '../input/input.ts';
import type { Axis } from '../layout/axis.ts';
import type { FloatType } from '../layout/dtype.ts';
import { fitsShape } from '../layout/shape.ts';
import { flag } from '../lowering/options.ts';
import { rowsOf } from '../lowering/row-wise.ts';
import { vjp } from '../lowering/vjp.ts';

export interface DivergenceOptions {
  /** The axes that are summed. Default: −1, the last axis. */
  readonly axis?: Axis;
  /** Keeps reduced axes with length 1. Default: false. */
  readonly keepDims?: boolean;
  /**
   * The float type to convert host values to; a tensor must already have it. Default: the type of
   * the values, float32 for integers and booleans.
   */
  readonly dtype?: FloatType;
}

export const klDivergenceOperation: Operation = {
  arguments: ['p', 'q'],
  options: ['axis', 'dtype', 'keepDims'],
  results: ['y'],
  kernels: ['klDivergence'],
  rows: 'apart',
  about: 'Σ p·log(p/q)',
};

/**
 * The Kullback–Leibler divergence KL(p‖q) = Σ p·log(p/q) of each row, in nats; 0·log 0 = 0, +inf
 * where q is 0 and p is not.
 *
 * @param p probabilities (not logits, not logarithms); they need not sum to 1
 * @param q probabilities of the same shape, converted to the float type of p
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION, INVALID_INPUT
 * @see S. Kullback, R. A. Leibler, "On Information and Sufficiency", 1951
 * @example
 * ```ts
 * klDivergence([1, 0], [0.5, 0.5]).toArray(); // 0.6931471805599453
 * ```
 */
export function klDivergence(p: Input, q: Input, options: DivergenceOptions = {}): Call<'y', 'klDivergence'> {
  return lower(p, q, options).call;
}

export const klDivergenceGradOperation: Operation = {
  arguments: ['p', 'q', 'dy'],
  options: ['axis', 'dtype', 'keepDims'],
  results: ['dp', 'dq'],
  kernels: ['klDivergenceGrad'],
  gradientOf: 'klDivergence',
  rows: 'apart',
  about: 'its gradients',
};

/**
 * The vector–Jacobian product of `klDivergence`: { dp, dq }, dp = dy·(log(p/q) + 1), dq = −dy·p/q;
 * both 0 where p is 0.
 *
 * @param dy the cotangent, of the shape of the result
 * @throws {SoftmaxError} as `klDivergence`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * klDivergenceGrad([0.5, 0.5], [0.25, 0.75], 1).dq.toArray(); // [-2, -0.6666666666666666]
 * ```
 */
export function klDivergenceGrad(
  p: Input,
  q: Input,
  dy: Input,
  options: DivergenceOptions = {},
): Call<'dp' | 'dq'> {
  const { call, like } = lower(p, q, options);
  return vjp('klDivergenceGrad', call, dy, { dp: like, dq: like });
}

function lower(p: Input, q: Input, options: DivergenceOptions) {
  const { problem, rows, x, like, fill } = rowsOf(p, options, klDivergenceOperation.options, 'p');
  const { dtype } = problem;
  const from = floats(q, 'q', dtype);
  fitsShape('q', from.shape, like.shape);
  const y = { shape: flag('keepDims', options.keepDims) ? rows.kept : rows.reduced, dtype };
  const inputs = { p: x, q: { from, order: x.order, source: 'q' as const } };
  return { call: { kernel: 'klDivergence', problem, inputs, results: { y }, fill }, like } as const;
}
