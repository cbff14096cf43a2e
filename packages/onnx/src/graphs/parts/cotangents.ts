import type { FloatType } from '@softmax/core';
import type { GraphBuilder, Value } from '../../model/builder.ts';
import { any, anywhere, isBounded, max, sum, zeroWhere } from './row.ts';

/**
 * A row of a gradient: logits, their exponentials, cotangents, and the factors and divisors of the
 * products.
 */
export interface GradientRow {
  readonly dtype: FloatType;
  readonly v: Value;
  readonly e: Value;
  readonly max: Value;
  /** Rows whose largest logit is finite. */
  readonly proper: Value;
  readonly impossible: Value;
  readonly dy: Value;
  /**
   * A sum of the row that is not finite if a dy is NaN or infinite; it may also be infinite
   * otherwise.
   */
  readonly total: Value;
  readonly negate: boolean;
  readonly temperature?: Value | undefined;
  /** The slope of a cap. */
  readonly slope?: Value | undefined;
  /** The largest cotangent, if T or a slope multiplies the result. */
  readonly largest?: Value | undefined;
}

/**
 * Recomputes the gradients of softmax and its logarithm in two kinds of rows. With a NaN or
 * infinite cotangent the gradient is dy − Σ dy in IEEE arithmetic: p ∘ (dy − Σ p·dy) and dy − p·Σ
 * dy both equal it, as every p is above 0.
 * In float64, a product of an exponential with cotangents, over T and times the slope of a cap, may
 * lie in range while an intermediate value is subnormal, 0 or infinite. Such rows are computed as
 * m·2^e. The loop runs at most once, mostly never.
 */
export function corrected(g: GraphBuilder, gradient: Value, row: GradientRow, again: () => Value): Value {
  const isEndless = g.op('And', row.proper, g.op('Not', isBounded(g, row.total)));
  if (g.working === 'float32') return unbounded(g, gradient, isEndless, row);
  const isWide = row.dtype === 'float64';
  const lift = isWide ? liftOf(g, row) : undefined;
  const first = lift === undefined ? anywhere(g, isEndless) : g.op('Or', anywhere(g, isEndless), lift.some);
  const body = () => {
    const far = lift === undefined ? gradient : g.op('Where', lift.rows(), again(), gradient);
    return { state: [unbounded(g, far, isEndless, row)], again: g.bool(false) };
  };
  return g.loop([gradient], body, { times: g.int(1), first })[0] as Value;
}

/**
 * Recomputes a gradient by one number for each row, which replaces NaN or infinite rows marked
 * `endless`. In float64 rows are recomputed by `again` as m·2^e if an exponential is far from the
 * others, or if `beyond` marks them.
 */
export function correctedBy(
  g: GraphBuilder,
  plain: Value,
  row: Pick<GradientRow, 'dtype' | 'v' | 'e' | 'max'>,
  {
    by,
    endless,
    beyond,
  }: { readonly by: Value; readonly endless: () => Value; readonly beyond?: Value | undefined },
  again: () => Value,
): Value {
  const isEndless = g.op('Not', isBounded(g, by));
  if (g.working === 'float32') return g.op('Where', isEndless, endless(), plain);
  const lift = row.dtype === 'float64' ? liftOf(g, row) : undefined;
  const rows = beyond === undefined ? isEndless : g.op('Or', isEndless, beyond);
  const first = lift === undefined ? anywhere(g, rows) : g.op('Or', anywhere(g, rows), lift.some);
  const body = () => {
    const lifted = lift && (beyond === undefined ? lift.rows() : g.op('Or', lift.rows(), beyond));
    const far = lifted === undefined ? plain : g.op('Where', lifted, again(), plain);
    return { state: [g.op('Where', isEndless, endless(), far)], again: g.bool(false) };
  };
  return g.loop([plain], body, { times: g.int(1), first })[0] as Value;
}

function unbounded(g: GraphBuilder, gradient: Value, isEndless: Value, row: GradientRow): Value {
  const { dy, impossible, negate, temperature: t } = row;
  const lost = g.op('Or', impossible, isBounded(g, dy));
  const total = sum(g, zeroWhere(g, lost, dy), false);
  const off = negate ? g.op('Sub', total, dy) : g.op('Sub', dy, total);
  const none =
    t === undefined ? impossible : g.op('Or', impossible, g.op('Or', g.op('Equal', t, 0), g.op('IsInf', t)));
  const endless = g.op('And', isEndless, g.op('Not', isBounded(g, total)));
  const never = g.op('And', isEndless, impossible);
  return zeroWhere(g, never, g.op('Where', endless, zeroWhere(g, none, off), gradient));
}

/**
 * The gradient that is p ∘ (dy − Σ p·dy) or dy − p·Σ dy, 0 < p, where `total` says that a dy that is read is NaN or
 * infinite: dy less the sum of these.
 */
export function endlessBy(
  g: GraphBuilder,
  gradient: Value,
  { dy, unread, total }: { readonly dy: Value; readonly unread: Value; readonly total: Value },
): Value {
  const isEndless = g.op('Not', isBounded(g, total));
  const body = () => {
    const own = sum(g, zeroWhere(g, g.op('Or', unread, isBounded(g, dy)), dy), false);
    const endless = g.op('And', isEndless, g.op('Not', isBounded(g, own)));
    const off = zeroWhere(g, unread, g.op('Sub', dy, own));
    return { state: [g.op('Where', endless, off, gradient)], again: g.bool(false) };
  };
  return g.loop([gradient], body, { times: g.int(1), first: anywhere(g, isEndless) })[0] as Value;
}

interface Lift {
  readonly rows: () => Value;
  readonly some: Value;
}

/**
 * The rows in which an exponential below float64's normal numbers may become visible with the
 * largest cotangent, 2¹⁰²⁴.
 */
function liftOf(
  g: GraphBuilder,
  {
    v,
    e,
    max: top,
    temperature: t,
    slope,
    largest = 1,
  }: Pick<GradientRow, 'v' | 'e' | 'max' | 'temperature' | 'slope' | 'largest'>,
): Lift {
  const far = (least: Value, limit: Value) => g.op('And', g.op('Less', e, least), g.op('Greater', v, limit));
  if (t === undefined && slope === undefined) {
    const here = far(2 ** -1022, g.op('Sub', top, 2124 * Math.LN2));
    return { rows: () => any(g, here), some: anywhere(g, here) };
  }
  // Below T = 1 the mean, which is as small as p·dy, is enlarged as well.
  const divisor = t ?? 1;
  const cold = g.op('Less', divisor, 1);
  const bits = g.op('Sub', 2124 * Math.LN2, g.op('Min', g.op('Log', divisor), 0));
  const limit = g.op('Sub', top, g.op('Mul', divisor, bits));
  const here = far(g.op('Where', cold, 2 ** -400, 2 ** -1022), limit);
  const small = g.op('And', cold, g.op('Less', largest, 2 ** -100));
  const lost = slope === undefined ? small : g.op('Or', small, steep(g, slope, divisor, largest));
  const between = g.op('And', g.op('Greater', divisor, 0), g.op('Less', divisor, Number.POSITIVE_INFINITY));
  const rows = g.op('And', between, g.op('And', lost, g.op('Greater', largest, 0)));
  return {
    rows: () => g.op('Or', rows, g.op('And', between, any(g, here))),
    some: g.op('Or', anywhere(g, rows), anywhere(g, here)),
  };
}

/** Rows with a slope below 2^−100, or with values that only a slope brings back into float64. */
function steep(g: GraphBuilder, slope: Value, t: Value, largest: Value): Value {
  const low = g.op('Less', g.op('Neg', max(g, g.op('Neg', slope))), 2 ** -100);
  return g.op('Or', low, g.op('Greater', g.op('Div', largest, t), 2 ** 900));
}
