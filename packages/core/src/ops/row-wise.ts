import { type Axis, cut } from '../axis.ts';
import type { Operand, Result } from '../call.ts';
import { floatType } from '../dtype.ts';
import type { HostInput } from '../host-input.ts';
import { floats, type Input } from '../input.ts';
import { known, maskFor } from '../options.ts';
import type { Problem } from '../problem.ts';
import { fitsShape, sizeOf } from '../shape.ts';

export interface SparsemaxOptions {
  /** What is normalised together. Default: −1, the last axis. */
  readonly axis?: Axis;
  /** Booleans, broadcast to x: true takes part. A masked entry becomes 0 and is never read. Default: all. */
  readonly mask?: HostInput;
}

/** A call that is still without its kernel. */
export interface RowWise<R extends string> {
  readonly problem: Problem;
  readonly inputs: { readonly x: Operand; readonly mask: Operand | undefined };
  readonly results: { readonly [name in R]: Result };
  readonly fill: number | undefined;
}

/** An operation that keeps the shape of x. */
export function rowWise(input: Input, options: SparsemaxOptions, more: readonly string[] = []): RowWise<'y'> {
  known(options, ['axis', 'mask', ...more]);
  const from = floats(input);
  const dtype = floatType(from.dtype);
  const { shape } = from;
  const rows = cut(shape, options.axis);
  const { outer, n, inner, order } = rows;
  return {
    problem: { outer, n, inner, dtype },
    inputs: { x: { from, order }, mask: maskFor(options.mask, shape, rows) },
    results: { y: { shape, dtype, order } },
    fill: sizeOf(shape) === 0 ? 0 : undefined,
  };
}

/** Its vector–Jacobian product: the same problem, with the cotangent beside x. */
export function withCotangent(call: RowWise<'y'>, cotangent: Input): RowWise<'dx'> {
  const { y } = call.results;
  const dy = floats(cotangent, 'dy', call.problem.dtype);
  fitsShape('dy', dy.shape, y.shape);
  const inputs = { ...call.inputs, dy: { from: dy, order: y.order } };
  return { ...call, inputs, results: { dx: y } };
}
