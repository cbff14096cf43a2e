import type { GraphBuilder, Value } from '../../model/builder.ts';
import type { Alpha } from './alpha.ts';
import { differenceError, expm1, log1p, remainder } from './arithmetic.ts';
import { sum } from './row.ts';

interface Measured {
  readonly p: Value;
  /** Σ p − 1. */
  readonly excess: Value;
  /** Newton's step. */
  readonly step: Value;
}

/**
 * For α > 2 the unknown t is the smallest p itself, u = s·(v − low) + t^s, because u underflows for
 * large s. For α ≤ 2, p = u^q enlarges an error by q, so u carries its rounding error e: p ≈
 * u^q·exp(q·e/u).
 */
export function measure(
  g: GraphBuilder,
  v: Value,
  alpha: Alpha,
  low: Value,
  t: Value = 0,
  tail: Value = 0,
): Measured {
  const { power, s, q } = alpha;
  const a = g.op('Sub', v, low);
  if (power === 'above') {
    const ts = g.op('Pow', t, s);
    const u = g.op('Add', g.op('Mul', s, a), ts);
    const lowest = g.op('Equal', a, 0);
    const inside = g.op('GreaterOrEqual', a, 0);
    const p = g.op('Where', inside, g.op('Where', lowest, t, g.op('Pow', u, q)), 0);
    const ratio = g.op('Where', g.op('Greater', t, 0), g.op('Div', ts, t), 0);
    const rise = g.op('Where', lowest, 1, g.op('Mul', g.op('Div', p, u), ratio));
    const slope = sum(g, g.op('Where', inside, rise, 0), false);
    const excess = lessOne(g, p);
    return { p, excess, step: g.op('Div', excess, slope) };
  }
  const b = g.op('Add', a, t);
  const u = g.op('Mul', s, b);
  const inside = g.op('And', g.op('GreaterOrEqual', a, 0), g.op('Greater', u, 0));
  const first = power === 'one' ? u : power === 'half' ? g.op('Mul', u, u) : g.op('Pow', u, q);
  const lost = g.op('Add', differenceError(g, v, low, a), differenceError(g, a, g.op('Neg', t), b));
  const scaled = g.op('Mul', s, g.op('Add', lost, tail));
  const error = power === 'below' ? g.op('Sub', scaled, remainder(g, u, s, b)) : scaled;
  const c = g.op('Div', g.op('Mul', q, error), u);
  const moved = g.op('Mul', first, power === 'below' ? expm1(g, c) : c);
  const more = power === 'half' ? g.op('Sub', moved, remainder(g, first, u, u)) : moved;
  const [main, rest] = [g.op('Where', inside, first, 0), g.op('Where', inside, more, 0)];
  const slope = sum(g, g.op('Where', inside, g.op('Div', first, u), 0), false);
  const excess = lessOne(g, main, rest);
  return { p: g.op('Add', main, rest), excess, step: stepOf(g, excess, slope, alpha) };
}

/** (1 − (1 + excess)^{−s})·(1 + excess)/(s·slope), of ‖u‖_q, which is convex in t. */
function stepOf(g: GraphBuilder, excess: Value, slope: Value, { power, s }: Alpha): Value {
  if (power === 'one') return g.op('Div', excess, slope);
  const fall = expm1(g, g.op('Mul', g.op('Neg', s), log1p(g, excess)));
  return g.op('Div', g.op('Mul', g.op('Neg', fall), g.op('Add', 1, excess)), g.op('Mul', s, slope));
}

/** Σ p − 1 and the small `rest`: the high parts of p, multiples of 2⁻²⁴ of 1, sum without error. */
function lessOne(g: GraphBuilder, p: Value, rest?: Value): Value {
  const total = (terms: Value) => sum(g, terms, false);
  const cut = 1.5 * 2 ** 28;
  const high = g.op('Sub', g.op('Add', p, cut), cut);
  const low = g.op('Sub', p, high);
  const small = rest === undefined ? total(low) : g.op('Add', total(low), total(rest));
  return g.op('Add', g.op('Sub', total(high), 1), small);
}
