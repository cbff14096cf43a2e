import type { GraphBuilder, Value } from '../../model/builder.ts';
import type { Alpha } from './alpha.ts';
import { measure } from './excess.ts';
import { anywhere, sum } from './row.ts';

/**
 * The index of the smallest value with p > 0, of `count` candidates in descending order. A
 * bisection first uses plain sums, and finds candidates that are inside beyond their error; then it
 * uses exact sums, mostly in one iteration.
 */
export function lastOf(g: GraphBuilder, values: Value, count: Value, alpha: Alpha): Value {
  const zero = g.op('Sub', count, count);
  const end = g.op('Sub', count, g.int(1));
  const off = g.op('Sub', 1, g.op('Add', 2 ** -30, g.op('Mul', 2 ** -45, alpha.q)));
  const sure = bisection(g, values, zero, end, (low) => g.op('Less', plainSum(g, values, alpha, low), off));
  const next = g.op('Min', g.op('Add', sure, g.int(1)), end);
  const [last = ''] = g.loop([sure, next, end], ([from = '', middle = '', to = '']) => {
    const low = g.node('GatherElements', [values, middle], { axis: 1 });
    const inside = g.op('Less', measure(g, values, alpha, low).excess, 0);
    const lower = g.op('Where', inside, middle, from);
    const upper = g.op('Max', lower, g.op('Where', inside, to, g.op('Sub', middle, g.int(1))));
    const between = g.op('Div', g.op('Add', g.op('Add', lower, upper), g.int(1)), g.int(2));
    return { state: [lower, between, upper], again: anywhere(g, g.op('Less', lower, upper)) };
  });
  return last;
}

/**
 * Σ p with the threshold at `low`. If it is 1 or more, it is too small by at most 2⁻³⁰ + q·2⁻⁴⁵: u
 * has a relative error of 2⁻⁵², its power q times that and some ulp, and a sum of 2²² terms 2⁻³¹.
 */
export function plainSum(g: GraphBuilder, values: Value, { power, s, q }: Alpha, low: Value): Value {
  const u = g.op('Mul', s, g.op('Max', g.op('Sub', values, low), 0));
  const p = power === 'one' ? u : power === 'half' ? g.op('Mul', u, u) : g.op('Pow', u, q);
  return sum(g, p, false);
}

/**
 * The last of ascending indices, from one that is always inside, at which a condition on the value
 * is true.
 */
function bisection(
  g: GraphBuilder,
  values: Value,
  first: Value,
  end: Value,
  isInside: (low: Value) => Value,
): Value {
  const [last = ''] = g.loop([first, end], ([from = '', to = '']) => {
    const middle = g.op('Div', g.op('Add', g.op('Add', from, to), g.int(1)), g.int(2));
    const low = g.node('GatherElements', [values, middle], { axis: 1 });
    const inside = isInside(low);
    const [lower, upper] = [
      g.op('Where', inside, middle, from),
      g.op('Where', inside, to, g.op('Sub', middle, g.int(1))),
    ];
    // If no choice is left, the first index, which is always inside, was tried again.
    const open = g.op('Less', lower, upper);
    return { state: [lower, g.op('Max', lower, upper)], again: anywhere(g, open) };
  });
  return last;
}
