import type { GraphBuilder, Value } from '../builder.ts';
import { differenceError, expm1, log1p, remainder } from './arithmetic.ts';
import { any, max, sum } from './row.ts';

/** How p = u^{1/(α − 1)} is computed: α = 2, α = 1.5, any other α below 2, any above. */
export type Power = 'one' | 'half' | 'below' | 'above';

export const powerOf = (alpha: number): Power =>
  alpha === 2 ? 'one' : alpha === 1.5 ? 'half' : alpha < 2 ? 'below' : 'above';

/** α and what comes of it; the powers of each α have names of their own, so that a new number is no new graph. */
export interface Alpha {
  readonly power: Power;
  readonly alpha: Value;
  /** s = α − 1 and q = 1/s. */
  readonly s: Value;
  readonly q: Value;
}

export function alphaOf(g: GraphBuilder, power: Power): Alpha {
  if (power === 'one') return { power, alpha: 2, s: 1, q: 1 };
  if (power === 'half') return { power, alpha: 1.5, s: 0.5, q: 2 };
  const alpha = g.input('alpha', 'float64');
  const s = g.op('Sub', alpha, 1);
  return { power, alpha, s, q: g.op('Div', 1, s) };
}

export interface Threshold {
  /** Whether the largest value of the row is finite; where it is not, all else stands for nothing. */
  readonly proper: Value;
  readonly p: Value;
  /** The smallest value with p > 0, and how far below it the threshold is. */
  readonly low: Value;
  readonly drop: Value;
}

/**
 * α-entmax, p = u^q, u = s·(v − τ) where that is positive, Σ p = 1 (B. Peters, V. Niculae, A. F. T. Martins, "Sparse
 * sequence-to-sequence models", 2019). A value is in the support if, with the threshold put there, Σ p < 1: bisection over
 * the sorted values. Measured from the smallest such value, u = s·(v − low + t), only t > 0 is left to find, and neither a
 * small p nor a large v loses digits: Newton's steps, which come from above and never pass the root.
 */
export function threshold(g: GraphBuilder, given: Value, alpha: Alpha): Threshold {
  const { s, power } = alpha;
  const largest = max(g, given);
  const lost = g.op('Or', any(g, g.op('IsNaN', given)), g.op('IsInf', largest));
  const v = g.op('Where', lost, 0, given);
  const top = g.op('Where', lost, 0, largest);
  const near = g.op('GreaterOrEqual', g.op('Mul', s, g.op('Sub', v, top)), -1);
  const count = g.node('ReduceSum', [g.cast(near, 'int64'), g.ints(1)], { keepdims: 1 });
  const most = g.node('Reshape', [g.node('ReduceMax', [count], { keepdims: 1 }), g.ints(1)]);
  const [values = ''] = g.nodes('TopK', [v, most], { axis: 1 }, 2);
  const low = g.node('GatherElements', [values, lastOf(g, values, count, alpha)], { axis: 1 });

  const start =
    power === 'above'
      ? 1
      : g.op(
          'Sub',
          g.op('Sub', g.op('Div', 1, s), g.op('Sub', top, low)),
          differenceError(g, top, low, g.op('Sub', top, low)),
        );
  const zero = g.op('Mul', low, 0);
  const first = [
    g.op('Add', zero, start),
    zero,
    g.op('Add', zero, Number.POSITIVE_INFINITY),
    g.op('Equal', zero, zero),
  ];
  const [t = '', tail = ''] = g.loop(first, ([before = '', error = '', last = '', moving = '']) => {
    const { excess, step } = measure(g, values, alpha, low, before, error);
    const size = g.op('Abs', excess);
    const better = g.op('And', moving, g.op('Less', size, last));
    const change = g.op('Sub', error, step);
    const next = g.op('Add', before, change);
    const positive = g.op('Greater', next, 0);
    const rest = g.op('Where', positive, differenceError(g, before, g.op('Neg', change), next), 0);
    return {
      state: [
        g.op('Where', better, g.op('Max', next, 0), before),
        g.op('Where', better, rest, error),
        g.op('Where', better, size, last),
        better,
      ],
      again: anywhere(g, better),
    };
  });
  const { p } = measure(g, v, alpha, low, t, tail);
  const drop = power === 'above' ? g.op('Div', g.op('Pow', t, s), s) : t;
  return { proper: g.op('Not', lost), p, low, drop };
}

const anywhere = (g: GraphBuilder, condition: Value): Value =>
  g.op('Greater', g.node('ReduceMax', [g.cast(condition, 'float64')], { keepdims: 0 }), 0);

/** The place of the smallest value with p > 0, of `count` candidates in descending order. */
function lastOf(g: GraphBuilder, values: Value, count: Value, alpha: Alpha): Value {
  const zero = g.op('Sub', count, count);
  const [last = ''] = g.loop([zero, g.op('Sub', count, g.int(1))], ([from = '', to = '']) => {
    const middle = g.op('Div', g.op('Add', g.op('Add', from, to), g.int(1)), g.int(2));
    const low = g.node('GatherElements', [values, middle], { axis: 1 });
    const { excess } = measure(g, values, alpha, low);
    const inside = g.op('Less', excess, 0);
    const [lower, upper] = [
      g.op('Where', inside, middle, from),
      g.op('Where', inside, to, g.op('Sub', middle, g.int(1))),
    ];
    // Where nothing is left to choose, the first one, which is inside always, was tried again.
    const open = g.op('Less', lower, upper);
    return { state: [lower, g.op('Max', lower, upper)], again: anywhere(g, open) };
  });
  return last;
}

interface Measured {
  readonly p: Value;
  /** Σ p − 1. */
  readonly excess: Value;
  /** Newton's step. */
  readonly step: Value;
}

/**
 * For α > 2 the unknown t is the smallest p itself, u = s·(v − low) + t^s: its own u underflows where s is large. For
 * α ≤ 2, where p = u^q makes an error q times as large, u carries its rounding error e: p ≈ u^q·exp(q·e/u).
 */
function measure(
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
