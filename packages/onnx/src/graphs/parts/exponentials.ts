import { type GraphBuilder, ROWS, type Value } from '../../model/builder.ts';
import { differenceError, remainder, scaledExp } from './arithmetic.ts';
import { argMax, gather, isImpossible, max, rowsOf, scatter, sum, zeroWhere } from './row.ts';
import { unit } from './single-functions.ts';

export interface ScaleVariant {
  readonly dtype: 'float16' | 'float32' | 'float64';
  /** 1, one number of the problem, or an input with one for each row. */
  readonly temperature?: 'one' | 'scalar' | 'rows';
  readonly sink?: boolean;
}

export interface Exponentials {
  readonly v: Value;
  /** The largest logit, including the sink; 0 if it is infinite. */
  readonly max: Value;
  readonly temperature: Value | undefined;
  readonly sink: Value | undefined;
  /** exp((v − max)/T), and the exponential of the sink, each `unit` times. */
  readonly e: Value;
  readonly sunk: Value | undefined;
  /** Selects float64's own accuracy. */
  readonly wide: boolean;
}

/**
 * Only a finite maximum is subtracted, so the sum identifies special rows: 0 without a possible
 * entry, +inf with a +inf logit, NaN with a NaN. ReduceMax loses NaN at every index except the
 * first.
 */
export function exponentials(g: GraphBuilder, v: Value, variant: ScaleVariant): Exponentials {
  const { dtype, temperature: given = 'one' } = variant;
  const wide = dtype === g.working;
  const parameter = dtype === 'float64' ? 'float64' : 'float32';
  const temperature =
    given === 'one'
      ? undefined
      : given === 'scalar'
        ? g.number('temperature')
        : g.double('temperature', parameter, ROWS);
  const sink = variant.sink ? g.double('sink', parameter, ROWS) : undefined;
  const largest = sink === undefined ? max(g, v) : g.op('Max', max(g, v), sink);
  const origin = zeroWhere(g, g.op('IsInf', largest), largest);
  const power = (of: Value) => relative(g, of, origin, temperature, wide);
  return {
    v,
    max: origin,
    temperature,
    sink,
    e: power(v),
    sunk: sink === undefined ? undefined : power(sink),
    wide,
  };
}

/** exp(v − origin) to float64's own accuracy. */
export const power = (g: GraphBuilder, v: Value, origin: Value): Value =>
  relative(g, v, origin, undefined, true);

function relative(g: GraphBuilder, v: Value, origin: Value, t: Value | undefined, wide: boolean): Value {
  const s = g.op('Sub', v, origin);
  if (t === undefined) {
    return scaledExp(g, s, wide ? differenceError(g, v, origin, s) : undefined);
  }
  const q = quotient(g, v, s, origin, t, wide);
  const e = scaledExp(g, q, wide ? quotientError(g, v, s, origin, q, t) : undefined);
  // The limits: T = 0 keeps only the maxima, T = ∞ all possible entries.
  const possible = zeroWhere(g, isImpossible(g, v), e);
  return g.op('Where', g.op('Equal', s, 0), unit(g), possible);
}

/** (v − max)/T, also if v − max overflows float64. */
export function quotient(g: GraphBuilder, v: Value, s: Value, origin: Value, t: Value, wide: boolean): Value {
  const q = g.op('Div', s, t);
  if (!wide) return q;
  const half = (a: Value) => g.op('Mul', a, 0.5);
  const safe = g.op('Div', g.op('Sub', half(v), half(origin)), half(t));
  return g.op('Where', g.op('IsInf', s), safe, q);
}

/** The error of the quotient, from numbers that are scaled if T is near the limits of the type. */
function quotientError(g: GraphBuilder, v: Value, s: Value, origin: Value, q: Value, t: Value): Value {
  const unit = unitOfDivisor(g, t);
  const [own, divisor] = [g.op('Mul', s, unit), g.op('Mul', t, unit)];
  const lost = g.op('Mul', differenceError(g, v, origin, s), unit);
  return g.op('Div', g.op('Add', remainder(g, own, q, divisor), lost), divisor);
}

/** The power of two that moves T away from the limits of the type. */
export function unitOfDivisor(g: GraphBuilder, t: Value): Value {
  const [far, unit] = g.working === 'float64' ? [2 ** 900, 2 ** 200] : [2 ** 60, 2 ** 40];
  const up = g.op('Where', g.op('Less', t, 1 / far), unit, 1);
  return g.op('Where', g.op('Greater', t, far), 1 / unit, up);
}

export interface Total {
  /** Σ e, `unit` times, including the sink: 0, +inf or NaN in a row without a distribution. */
  readonly raw: Value;
  /** Σ e, NaN in all of these rows. */
  readonly total: Value;
  readonly proper: Value;
}

export function total(g: GraphBuilder, { e, sunk, wide }: Exponentials): Total {
  const own = sum(g, e, wide);
  return totalOf(g, sunk === undefined ? own : g.op('Add', own, sunk));
}

export function totalOf(g: GraphBuilder, raw: Value): Total {
  const proper = g.op('And', g.op('Greater', raw, 0), g.op('Less', raw, Number.POSITIVE_INFINITY));
  return { raw, proper, total: g.op('Where', proper, raw, Number.NaN) };
}

export interface Parts extends Total {
  /** The index of the row's largest logit. */
  readonly at: Value;
  /** True where it is above the sink; undefined without a sink. */
  readonly above: Value | undefined;
  /**
   * Σ e without the largest, which is exactly 1 unit: log Σ e = log1p(rest), and 1 − p of the most
   * probable entry is rest/Σ e.
   */
  readonly rest: Value;
}

export function parts(
  g: GraphBuilder,
  { v, e, sunk, wide }: Pick<Exponentials, 'v' | 'e' | 'sunk' | 'wide'>,
): Parts {
  const at = argMax(g, v);
  const top = gather(g, e, at);
  const others = sum(g, scatter(g, e, at, rowsOf(g, 0, at)), wide);
  const above = sunk === undefined ? undefined : g.op('Less', sunk, top);
  // A NaN at the maximum stays in the rest.
  const spare =
    above === undefined
      ? zeroWhere(g, g.op('Greater', top, 0), top)
      : g.op('Where', above, sunk as Value, top);
  const rest = g.op('Add', others, spare);
  const largest = above === undefined ? top : g.op('Where', above, top, sunk as Value);
  const all = totalOf(g, g.op('Add', largest, rest));
  return { ...all, at, above, rest: g.op('Where', all.proper, rest, Number.NaN) };
}
