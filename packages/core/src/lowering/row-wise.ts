import type { Operand, Result } from '../contract/call.ts';
import type { Problem } from '../contract/problem.ts';
import type { HostInput } from '../input/host-input.ts';
import { floats, type Input } from '../input/input.ts';
import { type Axis, type Cut, cut } from '../layout/axis.ts';
import { type FloatType, floatType } from '../layout/dtype.ts';
import { known, maskFor } from './options.ts';

export interface RowOptions {
  /** The axes that are normalised together. Default: −1, the last axis. */
  readonly axis?: Axis;
  /**
   * The float type to convert host values to; a tensor must already have it. Default: the type of
   * the values, float32 for integers and booleans.
   */
  readonly dtype?: FloatType;
}

export interface SparsemaxOptions extends RowOptions {
  /**
   * Booleans, broadcast to x: true takes part. A masked entry becomes 0 and is never read.
   * Default: all.
   */
  readonly mask?: HostInput;
}

export const SPARSEMAX_OPTIONS: readonly (keyof SparsemaxOptions)[] = ['axis', 'dtype', 'mask'];

/** The input as floats, cut into rows. */
export interface RowsOf {
  readonly from: Operand['from'];
  readonly rows: Cut;
  readonly problem: Problem;
  readonly x: Operand;
  /** The shape and type of x, for results. */
  readonly like: Result;
  /** The fill value 0 if a size is 0; otherwise undefined. */
  readonly fill: 0 | undefined;
}

/** Validates the options, converts the input to floats and cuts it into rows. */
export function rowsOf(
  input: Input,
  options: { readonly axis?: Axis; readonly dtype?: FloatType },
  names: readonly string[],
  name: 'x' | 'p' = 'x',
  cutter: (shape: readonly number[], axis?: never) => Cut = cut,
): RowsOf {
  known(options, names);
  const from = floats(input, name, options.dtype === undefined ? undefined : floatType(options.dtype));
  const { shape } = from;
  const dtype = from.dtype as FloatType;
  const rows = cutter(shape, options.axis as never);
  const { outer, n, inner, order } = rows;
  return {
    from,
    rows,
    problem: { outer, n, inner, dtype },
    x: { from, order, source: name },
    like: { shape, dtype, order },
    fill: outer * n * inner === 0 ? 0 : undefined,
  };
}

/** A call without its kernel name. */
export interface RowWise {
  readonly problem: Problem;
  readonly inputs: { readonly x: Operand; readonly mask: Operand | undefined };
  readonly results: { readonly y: Result };
  readonly fill: 0 | undefined;
}

/** Lowers an operation that keeps the shape of x, with a mask. */
export function rowWise(
  input: Input,
  options: SparsemaxOptions,
  names: readonly string[] = SPARSEMAX_OPTIONS,
): RowWise {
  const { problem, x, like, rows, fill } = rowsOf(input, options, names);
  const mask = maskFor(options.mask, like.shape, rows);
  return { problem, inputs: { x, mask }, results: { y: like }, fill };
}
