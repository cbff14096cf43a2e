import type { GraphBuilder, Value } from '../../model/builder.ts';
import { blockwise } from './blockwise.ts';

/** Reductions and look-ups along a row; each keeps the row's axis, with length 1. */
export const max = (g: GraphBuilder, x: Value): Value => g.node('ReduceMax', [x], { axes: [1] });

/** True where a condition is true anywhere in the row. */
export const any = (g: GraphBuilder, condition: Value): Value =>
  g.op('Greater', max(g, g.cast(condition, g.working)), 0);

/** True if a condition is true anywhere; uses bytes, an eighth of the memory of float64. */
export const anywhere = (g: GraphBuilder, condition: Value): Value =>
  g.cast(g.node('ReduceMax', [g.cast(condition, 'uint8')], { keepdims: 0 }), 'bool');

export const argMax = (g: GraphBuilder, x: Value): Value => g.node('ArgMax', [x], { axis: 1 });

/** The element of each row at its index. */
export const gather = (g: GraphBuilder, x: Value, index: Value): Value =>
  g.node('GatherElements', [x, index], { axis: 1 });

/** x with one element of each row replaced. */
export const scatter = (g: GraphBuilder, x: Value, index: Value, values: Value): Value =>
  g.node('ScatterElements', [x, index, values], { axis: 1 });

/** −inf has neither a probability nor a gradient. */
export const isImpossible = (g: GraphBuilder, logit: Value): Value =>
  g.op('Equal', logit, Number.NEGATIVE_INFINITY);

/** x, but 0 where a condition is true, for every x there: 0·NaN. */
export const zeroWhere = (g: GraphBuilder, condition: Value, x: Value): Value =>
  g.op('Where', condition, 0, x);

/** True where x is neither NaN nor infinite. */
export const isBounded = (g: GraphBuilder, x: Value): Value =>
  g.op('Less', g.op('Abs', x), Number.POSITIVE_INFINITY);

/** x where it is finite, else 0. */
export const finite = (g: GraphBuilder, x: Value): Value => g.op('Where', isBounded(g, x), x, 0);

/** One number for each row of `like`. */
export const rowsOf = (g: GraphBuilder, value: number, like: Value): Value =>
  g.node('Expand', [value, g.node('Shape', [like])]);

/** The length of the rows of x, as a vector of one double. */
export const length = (g: GraphBuilder, x: Value): Value =>
  g.cast(g.node('Shape', [x], { start: 1, end: 2 }), g.working);

/** True at the position that the row's index (int32) names. */
export function isAt(g: GraphBuilder, x: Value, index: Value): Value {
  const n = g.node('Squeeze', [g.node('Shape', [x], { start: 1, end: 2 })]);
  const scalar = (value: number) => g.node('Squeeze', [g.ints(value)]);
  const places = g.node('Reshape', [g.node('Range', [scalar(0), n, scalar(1)]), g.ints(1, -1, 1)]);
  return g.op('Equal', g.cast(places, 'int32'), index);
}

/**
 * The sum of each row, of each column of a matrix, or of everything. ReduceSum alone is 107 ulp off
 * on 2²⁰ float64 values. With `wide`, for float64's own accuracy, both parts of the terms are
 * summed.
 */
export function sum(g: GraphBuilder, x: Value, wide: boolean, over: 'row' | 'column' | 'all' = 'row'): Value {
  if (g.working === 'float32') return blockwise(g, x, over);
  const axes = over === 'row' ? [1] : [0];
  const plain = (terms: Value) =>
    over === 'all'
      ? g.node('ReduceSum', [terms], { keepdims: 0 })
      : g.node('ReduceSum', [terms, g.ints(...axes)]);
  if (!wide) return plain(x);
  const keep = over === 'all' ? { keepdims: 0 } : { axes };
  return twice(g, x, g.node('ReduceMax', [g.op('Abs', x)], keep), plain);
}

/**
 * Applies a sum to the high and the low parts of terms. Cut at a multiple of 2⁻²⁴ of the largest,
 * the high parts sum without error, and the low parts are too small to matter
 * (S. M. Rump, T. Ogita, S. Oishi, "Accurate floating-point summation", 2008, §3).
 */
export function twice(g: GraphBuilder, terms: Value, largest: Value, plain: (terms: Value) => Value): Value {
  const cut = g.op('Mul', largest, 1.5 * 2 ** 28);
  const high = g.op('Sub', g.op('Add', terms, cut), cut);
  const both = g.op('Add', plain(high), plain(g.op('Sub', terms, high)));
  // An infinite term has no low part; the plain sum is correct.
  return g.op('Where', g.op('IsNaN', both), plain(terms), both);
}
