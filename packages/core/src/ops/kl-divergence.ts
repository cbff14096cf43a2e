import { type Axis, cut } from '../axis.ts';
import type { Call } from '../call.ts';
import { floatType } from '../dtype.ts';
import { floats, type Input } from '../input.ts';
import { known } from '../options.ts';
import { fitsShape, sizeOf } from '../shape.ts';

export interface DivergenceOptions {
  /** What is summed together. Default: −1, the last axis. */
  readonly axis?: Axis;
  /** Whether reduced axes stay, with length 1. Default: false. */
  readonly keepDims?: boolean;
}

/**
 * The Kullback–Leibler divergence KL(p‖q) = Σ p·log(p/q) in nats, one for each row; 0·log 0 = 0, +inf where q is 0 and p is not.
 *
 * @param p probabilities (not logits, not logarithms); they need not sum to 1
 * @param q probabilities of the same shape, taken to the float type of p
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION, INVALID_INPUT
 * @see S. Kullback, R. A. Leibler, "On Information and Sufficiency", 1951
 * @example
 * ```ts
 * klDivergence([1, 0], [0.5, 0.5]).toArray(); // 0.6931471805599453
 * ```
 */
export function klDivergence(p: Input, q: Input, options: DivergenceOptions = {}): Call<'y', 'klDivergence'> {
  known(options, ['axis', 'keepDims']);
  const from = floats(p, 'p');
  const dtype = floatType(from.dtype);
  const other = floats(q, 'q', dtype);
  fitsShape('q', other.shape, from.shape);
  const { outer, n, inner, order, kept, reduced } = cut(from.shape, options.axis);
  return {
    kernel: 'klDivergence',
    problem: { outer, n, inner, dtype },
    inputs: { p: { from, order }, q: { from: other, order } },
    results: { y: { shape: options.keepDims ? kept : reduced, dtype } },
    fill: sizeOf(from.shape) === 0 ? 0 : undefined,
  };
}

/**
 * The vector–Jacobian product of `klDivergence`: { dp, dq }, dp = dy·(log(p/q) + 1), dq = −dy·p/q; both 0 where p is 0.
 *
 * @param dy the cotangent, of the shape of the result
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
  const { problem, inputs, results, fill } = klDivergence(p, q, options);
  const cotangent = floats(dy, 'dy', problem.dtype);
  fitsShape('dy', cotangent.shape, results.y.shape);
  const { from, order } = inputs['p'] as NonNullable<(typeof inputs)['p']>;
  const d = { shape: from.shape, dtype: problem.dtype, order };
  const given = { ...inputs, dy: { from: cotangent } };
  return { kernel: 'klDivergenceGrad', problem, inputs: given, results: { dp: d, dq: d }, fill };
}
