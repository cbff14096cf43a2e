import { type Axis, cut } from '../axis.ts';
import type { Call } from '../call.ts';
import { floatType } from '../dtype.ts';
import { floats, type Input } from '../input.ts';
import { known } from '../options.ts';
import { fitsShape, sizeOf } from '../shape.ts';

export interface LogCumSumExpOptions {
  /** The axis along which sums accumulate; several count in row-major order. Default: −1. */
  readonly axis?: Axis;
}

/**
 * logCumSumExp(x)ₖ = log Σ_{j ≤ k} exp xⱼ along an axis.
 *
 * @param x logits of any shape; the result has the same shape and float type
 * @example
 * ```ts
 * logCumSumExp([-Infinity, 0, 0]).toArray(); // [null, 0, 0.6931471805599453]
 * ```
 */
export function logCumSumExp(x: Input, options: LogCumSumExpOptions = {}): Call<'y', 'logCumSumExp'> {
  known(options, ['axis']);
  const from = floats(x);
  const dtype = floatType(from.dtype);
  const { outer, n, inner, order } = cut(from.shape, options.axis);
  return {
    kernel: 'logCumSumExp',
    problem: { outer, n, inner, dtype },
    inputs: { x: { from, order } },
    results: { y: { shape: from.shape, dtype, order } },
    fill: sizeOf(from.shape) === 0 ? 0 : undefined,
  };
}

/**
 * The vector–Jacobian product of `logCumSumExp`: dxₖ = Σ_{j ≥ k} dyⱼ·exp(xₖ − yⱼ); exactly 0 at −inf.
 *
 * @param dy the cotangent, of the shape of x
 * @example
 * ```ts
 * logCumSumExpGrad([0, 0], [1, 1]).toArray(); // [1.5, 0.5]
 * ```
 */
export function logCumSumExpGrad(x: Input, dy: Input, options: LogCumSumExpOptions = {}): Call<'dx'> {
  const { problem, inputs, results, fill } = logCumSumExp(x, options);
  const { shape, order } = results.y;
  const from = floats(dy, 'dy', problem.dtype);
  fitsShape('dy', from.shape, shape);
  return {
    kernel: 'logCumSumExpGrad',
    problem,
    inputs: { ...inputs, dy: { from, order } },
    results: { dx: results.y },
    fill,
  };
}
