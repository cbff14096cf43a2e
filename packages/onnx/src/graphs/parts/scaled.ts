import type { GraphBuilder, Value } from '../../model/builder.ts';
import { differenceError, remainder } from './arithmetic.ts';
import { unitOfDivisor } from './exponentials.ts';
import { isImpossible, max, sum } from './row.ts';

/**
 * m·2^e in float64: an intermediate value outside float64's range, or among its subnormals, of a
 * result inside it.
 */
export interface Scaled {
  readonly m: Value;
  readonly e: Value;
}

/** Below every exponent: represents 0 in a search for the largest. */
const NONE = -1e5;
/** Values below e^−4000 are 0: no product of float64 numbers reaches the range again. */
const LEAST = -4000;
/** ln 2 in two pieces; the first has 33 bits, so its products with exponents are exact. */
const LN2 = [0.6931471803691238, 1.9082149292705877e-10] as const;

const powerOfTwo = (g: GraphBuilder, e: Value): Value => g.op('Pow', 2, e);

/**
 * m·2^e: a quarter of the exponent four times, so an intermediate value leaves float64 only if the
 * result does.
 */
export function toNumber(g: GraphBuilder, { m, e }: Scaled): Value {
  const clipped = g.op('Min', g.op('Max', e, -3600), 3600);
  const part = g.op('Floor', g.op('Mul', clipped, 0.25));
  const power = powerOfTwo(g, part);
  const three = g.op('Mul', g.op('Mul', g.op('Mul', m, power), power), power);
  return g.op('Mul', three, powerOfTwo(g, g.op('Sub', clipped, g.op('Mul', part, 3))));
}

/** x = m·2^e with |m| around 1. */
export function scaled(g: GraphBuilder, x: Value): Scaled {
  const size = g.op('Abs', x);
  const inside = g.op('And', g.op('Greater', size, 0), g.op('Less', size, Number.POSITIVE_INFINITY));
  const log = g.op('Log', g.op('Where', inside, size, 1));
  const e = g.op('Floor', g.op('Mul', log, Math.LOG2E));
  return { m: toNumber(g, { m: x, e: g.op('Neg', e) }), e };
}

export const product = (g: GraphBuilder, a: Scaled, b: Scaled): Scaled => ({
  m: g.op('Mul', a.m, b.m),
  e: g.op('Add', a.e, b.e),
});

export const quotient = (g: GraphBuilder, a: Scaled, b: Scaled): Scaled => ({
  m: g.op('Div', a.m, b.m),
  e: g.op('Sub', a.e, b.e),
});

const exponentOf = (g: GraphBuilder, { m, e }: Scaled): Value => g.op('Where', g.op('Equal', m, 0), NONE, e);

/** m·2^(e − top) of values no larger than 2^top; if m is 0, e may be anything. */
const relative = (g: GraphBuilder, { m, e }: Scaled, top: Value): Value =>
  g.op('Mul', m, powerOfTwo(g, g.op('Max', g.op('Min', g.op('Sub', e, top), 0), -1074)));

/** a − b. */
export function less(g: GraphBuilder, a: Scaled, b: Scaled): Scaled {
  const e = g.op('Max', exponentOf(g, a), exponentOf(g, b));
  return { m: g.op('Sub', relative(g, a, e), relative(g, b, e)), e };
}

/** The sum of each row, relative to its largest term. */
export function sumOf(g: GraphBuilder, terms: Scaled): Scaled {
  const e = max(g, exponentOf(g, terms));
  return { m: sum(g, relative(g, terms, e), true), e };
}

/** exp((v − origin)/T), 0 where v is −∞. */
export function exponential(g: GraphBuilder, v: Value, origin: Value, t: Value | undefined): Scaled {
  const difference = g.op('Sub', v, origin);
  const endless = g.op('IsInf', difference);
  const half = (x: Value) => g.op('Where', endless, g.op('Mul', x, 0.5), x);
  const [a, b] = [half(v), half(origin)];
  const s = g.op('Sub', a, b);
  const q = exactQuotient(g, s, differenceError(g, a, b, s), half(t ?? 1));
  const possible = g.op('Not', g.op('Or', isImpossible(g, v), g.op('Less', q.high, LEAST)));
  const high = g.op('Where', possible, q.high, 0);
  const e = g.op('Floor', g.op('Add', g.op('Mul', high, Math.LOG2E), 0.5));
  const r = g.op('Sub', g.op('Sub', high, g.op('Mul', e, LN2[0])), g.op('Mul', e, LN2[1]));
  const exp = g.op('Exp', r);
  return { m: g.op('Where', possible, g.op('Add', exp, g.op('Mul', exp, q.low)), 0), e };
}

/**
 * (s + δ)/T and its rounding error; all are scaled by a power of two if a product with T would
 * leave float64.
 */
function exactQuotient(
  g: GraphBuilder,
  s: Value,
  delta: Value,
  t: Value,
): { readonly high: Value; readonly low: Value } {
  const unit = unitOfDivisor(g, t);
  const [own, divisor] = [g.op('Mul', s, unit), g.op('Mul', t, unit)];
  const high = g.op('Div', own, divisor);
  const left = g.op('Add', remainder(g, own, high, divisor), g.op('Mul', delta, unit));
  return { high, low: g.op('Div', left, divisor) };
}
