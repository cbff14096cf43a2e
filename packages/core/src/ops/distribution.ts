import { type Axis, cut } from '../axis.ts';
import type { Call } from '../call.ts';
import { floatType, parameter } from '../dtype.ts';
import type { HostInput } from '../host-input.ts';
import { floats, type Input } from '../input.ts';
import { inRange, known, maskFor, oneOf, perRow } from '../options.ts';
import { fitsShape, sizeOf } from '../shape.ts';
import { emptyRowGuard } from './empty-row.ts';

export interface SoftmaxOptions {
  /** What is normalised together. Default: −1, the last axis. */
  readonly axis?: Axis;
  /** Booleans, broadcast to x: true takes part. A masked entry has probability 0 and is never read. Default: all. */
  readonly mask?: HostInput;
  /** T in [0, +∞], one number or one for each row; 0 and +∞ are the limits. Default: 1. */
  readonly temperature?: HostInput;
  /** A logit below +∞, one or one for each row, that takes part in the sum and is dropped from the result. Default: none. */
  readonly sink?: HostInput;
  /** c > 0: x becomes c·tanh(x/c); infinite logits stay infinite. Default: none. */
  readonly softcap?: number;
  /** For rows without a possible entry. Default: zero where all is masked, NaN where all is −inf. */
  readonly emptyRow?: 'nan' | 'zero' | 'uniform' | 'throw';
}

const NAMES = ['axis', 'mask', 'temperature', 'sink', 'softcap', 'emptyRow'];
const EMPTY_ROW = ['nan', 'zero', 'uniform', 'throw'] as const;

/** The call of an operation that keeps the shape of x. */
export function distribution(
  kernel: 'softmax' | 'logSoftmax',
  input: Input,
  options: SoftmaxOptions,
  negate = false,
): Call<'y'> {
  known(options, NAMES);
  const x = floats(input);
  const dtype = floatType(x.dtype);
  const { shape } = x;
  const rows = cut(shape, options.axis);
  const { outer, n, inner, order } = rows;
  const mask = maskFor(options.mask, shape, rows);
  const { temperature = 1, softcap = 0, emptyRow, sink } = options;
  const filling = emptyRow === undefined ? undefined : oneOf('emptyRow', emptyRow, EMPTY_ROW);
  const empty = filling === 'throw' ? undefined : filling;
  const scalar = typeof temperature === 'number';
  const sinks =
    sink === undefined
      ? undefined
      : perRow('sink', sink, rows, dtype, Number.NEGATIVE_INFINITY, Number.MAX_VALUE);
  return {
    kernel,
    problem: {
      outer,
      n,
      inner,
      dtype,
      negate,
      softcap:
        options.softcap === undefined
          ? 0
          : inRange('softcap', parameter(softcap, dtype), Number.MIN_VALUE, Number.MAX_VALUE),
      temperature: scalar
        ? parameter(inRange('temperature', temperature, 0, Number.POSITIVE_INFINITY), dtype)
        : 1,
      empty: { masked: empty ?? 'zero', impossible: empty ?? 'nan' },
    },
    inputs: {
      x: { from: x, order },
      mask,
      temperature: scalar
        ? undefined
        : perRow('temperature', temperature, rows, dtype, 0, Number.POSITIVE_INFINITY),
      sink: sinks,
    },
    results: { y: { shape, dtype, order } },
    fill: sizeOf(shape) === 0 ? 0 : undefined,
    guard:
      filling === 'throw' ? { input: 'x', check: emptyRowGuard(x, rows, mask, sinks, negate) } : undefined,
  };
}

/** The call of its vector–Jacobian product: the same problem, with the cotangent beside x. */
export function distributionGrad(
  kernel: 'softmaxGrad' | 'logSoftmaxGrad',
  input: Input,
  cotangent: Input,
  options: SoftmaxOptions,
  negate = false,
): Call<'dx'> {
  const { inputs, problem, results, fill, guard } = distribution('softmax', input, options, negate);
  const dy = floats(cotangent, 'dy', problem.dtype);
  fitsShape('dy', dy.shape, results.y.shape);
  return {
    kernel,
    problem,
    inputs: { ...inputs, dy: { from: dy, order: results.y.order } },
    results: { dx: results.y },
    fill,
    guard,
  };
}
