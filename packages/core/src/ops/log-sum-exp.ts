import { type Axis, cut } from '../axis.ts';
import type { Call } from '../call.ts';
import { floatType } from '../dtype.ts';
import type { HostInput } from '../host-input.ts';
import { floats, type Input } from '../input.ts';
import { known, maskFor } from '../options.ts';
import { fitsShape, sizeOf } from '../shape.ts';

export interface LogSumExpOptions {
  /** What is summed together. Default: −1, the last axis. */
  readonly axis?: Axis;
  /** Whether reduced axes stay, with length 1. Default: false. */
  readonly keepDims?: boolean;
  /** Booleans, broadcast to x: true takes part. Default: all. */
  readonly mask?: HostInput;
}

/**
 * logSumExp(x) = log Σⱼ exp xⱼ = m + log Σⱼ exp(xⱼ − m), m = max x. −inf where nothing is summed, +inf where a term is.
 *
 * @param x logits of any shape; the result loses the axes that are summed
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION, INVALID_INPUT
 * @see P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax functions",
 * IMA Journal of Numerical Analysis 41, 2021
 * @example
 * ```ts
 * logSumExp([1000, 1000]).toArray(); // 1000.6931471805599
 * ```
 */
export function logSumExp(x: Input, options: LogSumExpOptions = {}): Call<'y'> {
  known(options, ['axis', 'keepDims', 'mask']);
  const from = floats(x);
  const dtype = floatType(from.dtype);
  const rows = cut(from.shape, options.axis);
  const { outer, n, inner, order } = rows;
  return {
    kernel: 'logSumExp',
    problem: { outer, n, inner, dtype },
    inputs: { x: { from, order }, mask: maskFor(options.mask, from.shape, rows) },
    results: { y: { shape: options.keepDims ? rows.kept : rows.reduced, dtype } },
    fill: sizeOf(from.shape) === 0 ? Number.NEGATIVE_INFINITY : undefined,
  };
}

/**
 * The vector–Jacobian product of `logSumExp`: dx = dy·exp(x − logSumExp(x)); exactly 0 at masked and −inf entries.
 *
 * @param dy the cotangent, of the shape of the result
 * @example
 * ```ts
 * logSumExpGrad([0, 0], 1).toArray(); // [0.5, 0.5]
 * ```
 */
export function logSumExpGrad(x: Input, dy: Input, options: LogSumExpOptions = {}): Call<'dx'> {
  const { problem, inputs, results } = logSumExp(x, options);
  const cotangent = floats(dy, 'dy', problem.dtype);
  fitsShape('dy', cotangent.shape, results.y.shape);
  const { from, order } = inputs['x'] as NonNullable<(typeof inputs)['x']>;
  return {
    kernel: 'logSumExpGrad',
    problem,
    inputs: { ...inputs, dy: { from: cotangent } },
    results: { dx: { shape: from.shape, dtype: problem.dtype, order } },
    fill: sizeOf(from.shape) === 0 ? 0 : undefined,
  };
}
