import type { Call, Operand, Result } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { HostInput } from '../input/host-input.ts';
import { floats, type Input } from '../input/input.ts';
import type { FloatType } from '../layout/dtype.ts';
import { broadcasted } from '../lowering/broadcasted.ts';
import { flag, maskFor } from '../lowering/options.ts';
import { type RowOptions, type RowWise, rowsOf } from '../lowering/row-wise.ts';
import { vjp } from '../lowering/vjp.ts';

export interface LogMeanExpOptions extends RowOptions {
  /** Keeps reduced axes with length 1. Default: false. */
  readonly keepDims?: boolean;
  /** Booleans, broadcast to x: true takes part. Default: all. */
  readonly mask?: HostInput;
}

export interface LogSumExpOptions extends LogMeanExpOptions {
  /**
   * Factors of the exponentials, broadcast to x, of its float type. A factor of 0 removes its term
   * for every x. Default: 1.
   */
  readonly b?: Input;
  /**
   * Returns the sign of the sum separately; without it a negative sum gives NaN. Default: false.
   */
  readonly returnSign?: boolean;
}

export const logSumExpOperation: Operation = {
  arguments: ['x'],
  options: ['axis', 'dtype', 'keepDims', 'mask', 'b', 'returnSign'],
  results: ['y'],
  extraResults: { sign: 'returnSign' },
  kernels: ['logSumExp', 'signedLogSumExp'],
  rows: 'apart',
  about: 'log Σ b·exp x',
};

/**
 * logSumExp(x) = log Σⱼ bⱼ·exp xⱼ = m + log Σⱼ bⱼ·exp(xⱼ − m), m = max x. It is −inf for an empty
 * sum and +inf for a sum with an infinite term.
 *
 * @param x logits of any shape; the result loses the axes that are summed
 * @returns the logarithm; with `returnSign` { y, sign }: log |Σ b·exp x| and −1, 0 or 1
 * (0 for an empty or vanishing sum)
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION, INVALID_INPUT
 * @see P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax
 * functions", IMA Journal of Numerical Analysis 41, 2021
 * @example
 * ```ts
 * logSumExp([1000, 1000]).toArray(); // 1000.6931471805599
 * logSumExp([1, 2], { b: [1, -1], returnSign: true }).sign.toArray(); // -1
 * ```
 */
export function logSumExp(
  x: Input,
  options: LogSumExpOptions & { readonly returnSign: true },
): Call<'y' | 'sign'>;
export function logSumExp(x: Input, options?: LogSumExpOptions & { readonly returnSign?: false }): Call<'y'>;
export function logSumExp(x: Input, options: LogSumExpOptions = {}): Call<'y' | 'sign'> | Call<'y'> {
  const { b = 1 } = options;
  const signed = flag('returnSign', options.returnSign);
  const { problem, inputs, results, fill } = sumOf(x, options, logSumExpOperation.options);
  const { y } = results;
  if (options.b === undefined && !signed)
    return { kernel: 'logSumExp', problem: { ...problem, mean: false }, inputs, results, fill };
  const call = {
    problem: { ...problem, signed },
    inputs: { ...inputs, b: factors(b, inputs.x, problem.dtype) },
    fill,
  };
  if (!signed) return { kernel: 'signedLogSumExp', ...call, results };
  return { kernel: 'signedLogSumExp', ...call, results: { y, sign: y }, fills: { sign: 0 } };
}

export const logSumExpGradOperation: Operation = {
  arguments: ['x', 'dy'],
  options: ['axis', 'dtype', 'keepDims', 'mask', 'b', 'returnSign'],
  results: ['dx'],
  extraResults: { db: 'b' },
  kernels: ['logSumExpGrad', 'signedLogSumExpGrad'],
  gradientOf: 'logSumExp',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of `logSumExp`: dx = dy·b·exp x / Σ b·exp x; exactly 0 at masked and
 * −inf entries. With `b` also db = dy·exp x / Σ b·exp x, in the shape of x; 0 where b is 0.
 *
 * @param dy the cotangent, of the shape of the result
 * @throws {SoftmaxError} as `logSumExp`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not fit
 * @example
 * ```ts
 * logSumExpGrad([0, 0], 1).toArray(); // [0.5, 0.5]
 * ```
 */
export function logSumExpGrad(
  x: Input,
  dy: Input,
  options: LogSumExpOptions & { readonly b: Input },
): Call<'dx' | 'db'>;
export function logSumExpGrad(
  x: Input,
  dy: Input,
  options?: LogSumExpOptions & { readonly b?: undefined },
): Call<'dx'>;
export function logSumExpGrad(
  x: Input,
  dy: Input,
  options: LogSumExpOptions = {},
): Call<'dx' | 'db'> | Call<'dx'> {
  const { b } = options;
  const signed = flag('returnSign', options.returnSign);
  const { like: dx, ...call } = sumOf(x, options, logSumExpOperation.options);
  if (b === undefined) return vjp('logSumExpGrad', call, dy, { dx });
  const problem = { ...call.problem, signed };
  const inputs = { ...call.inputs, b: factors(b, call.inputs.x, problem.dtype) };
  return vjp('signedLogSumExpGrad', { ...call, problem, inputs }, dy, { dx, db: dx });
}

interface SumOf extends Omit<RowWise, 'fill'> {
  readonly like: Result;
  readonly fill: number | undefined;
}

/** The parts that all sums of exponentials along axes share. */
export function sumOf(input: Input, options: LogMeanExpOptions, names: readonly string[]): SumOf {
  const { rows, problem, x, like, fill } = rowsOf(input, options, names);
  return {
    problem,
    inputs: { x, mask: maskFor(options.mask, like.shape, rows) },
    results: {
      y: { shape: flag('keepDims', options.keepDims) ? rows.kept : rows.reduced, dtype: problem.dtype },
    },
    like,
    fill: fill === undefined ? fill : Number.NEGATIVE_INFINITY,
  };
}

const factors = (b: Input, x: Operand, dtype: FloatType): Operand => ({
  from: broadcasted(floats(b, 'b', dtype), x.from.shape, 'b'),
  order: x.order,
  source: 'b',
});
