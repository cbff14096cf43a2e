import type { Call, Result } from '../contract/call.ts';
import type { Distribution } from '../contract/kernels.ts';
import type { HostInput } from '../input/host-input.ts';
import type { Input } from '../input/input.ts';
import { parameter } from '../layout/dtype.ts';
import { emptyRowGuard } from './empty-row.ts';
import { inRange, maskFor, oneOf, perRow } from './options.ts';
import { type RowOptions, rowsOf } from './row-wise.ts';
import { vjp } from './vjp.ts';

export interface SoftmaxOptions extends RowOptions {
  /**
   * Booleans, broadcast to x: true takes part. A masked entry has probability 0 and is never read.
   * Default: all.
   */
  readonly mask?: HostInput;
  /** T in [0, +∞], one number or one for each row; 0 and +∞ are the limits. Default: 1. */
  readonly temperature?: HostInput;
  /**
   * A logit below +∞, one number or one for each row. It takes part in the sum and is absent from
   * the result. Default: none.
   */
  readonly sink?: HostInput;
  /** c > 0: x becomes c·tanh(x/c); infinite logits stay infinite. Default: none. */
  readonly softcap?: number;
  /**
   * The result for rows without a possible entry. Default: zero for all-masked rows, NaN for rows
   * of −inf.
   */
  readonly emptyRow?: 'nan' | 'zero' | 'uniform' | 'throw';
}

export const SOFTMAX_OPTIONS: readonly (keyof SoftmaxOptions)[] = [
  'axis',
  'dtype',
  'mask',
  'temperature',
  'sink',
  'softcap',
  'emptyRow',
];
const { MIN_VALUE, MAX_VALUE, POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;

type DistributionCall = Call<'y', 'softmax' | 'logSoftmax'> & {
  readonly problem: Distribution;
  readonly results: { readonly y: Result };
};

/** Lowers an operation that keeps the shape of x. */
export function distribution(
  kernel: 'softmax' | 'logSoftmax',
  input: Input,
  options: SoftmaxOptions,
  negate = false,
): DistributionCall {
  const { from, rows, problem, x, like, fill } = rowsOf(input, options, SOFTMAX_OPTIONS);
  const { outer, n, inner, dtype } = problem;
  const { temperature = 1, softcap, emptyRow } = options;
  if (emptyRow !== undefined) oneOf('emptyRow', emptyRow, ['nan', 'zero', 'uniform', 'throw']);
  const empty = emptyRow === 'throw' ? undefined : emptyRow;
  const mask = maskFor(options.mask, like.shape, rows);
  const sink =
    options.sink === undefined
      ? undefined
      : perRow('sink', options.sink, rows, dtype, NEGATIVE_INFINITY, MAX_VALUE);
  const scalar = typeof temperature === 'number';
  return {
    kernel,
    problem: {
      outer,
      n,
      inner,
      dtype,
      negate,
      softcap:
        softcap === undefined ? 0 : inRange('softcap', parameter(softcap, dtype), MIN_VALUE, MAX_VALUE),
      temperature: scalar ? parameter(inRange('temperature', temperature, 0, POSITIVE_INFINITY), dtype) : 1,
      empty: { masked: empty ?? 'zero', impossible: empty ?? 'nan' },
    },
    inputs: {
      x,
      mask,
      temperature: scalar ? undefined : perRow('temperature', temperature, rows, dtype, 0, POSITIVE_INFINITY),
      sink,
    },
    results: { y: like },
    fill,
    guard:
      emptyRow === 'throw' ? { input: 'x', check: emptyRowGuard(from, rows, mask, sink, negate) } : undefined,
  };
}

/** Lowers the vector–Jacobian product of such an operation. */
export function distributionGrad(
  kernel: 'softmaxGrad' | 'logSoftmaxGrad',
  input: Input,
  cotangent: Input,
  options: SoftmaxOptions,
  negate = false,
): Call<'dx'> {
  const call = distribution('softmax', input, options, negate);
  return vjp(kernel, call, cotangent, { dx: call.results.y });
}
