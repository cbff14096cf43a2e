import type { FloatType } from '@softmax/core';
import type { GraphBuilder, Value } from '../../model/builder.ts';
import type { Alpha } from './alpha.ts';
import { differenceError } from './arithmetic.ts';
import { measure } from './excess.ts';
import { any, anywhere, max, rowsOf, zeroWhere } from './row.ts';
import { lastOf, plainSum } from './support.ts';

export interface Threshold {
  /**
   * True where the largest value of the row is finite; elsewhere the other values have no meaning.
   */
  readonly proper: Value;
  readonly p: Value;
  /** The smallest value with p > 0, and the distance of the threshold below it. */
  readonly low: Value;
  readonly drop: Value;
  /** The low word of drop. */
  readonly tail: Value;
  /** The distance of each row from a different support, as an error of Σ p. */
  readonly margin: Value;
}

/**
 * α-entmax, p = u^q, u = s·(v − τ) if that is positive, Σ p = 1
 * (B. Peters, V. Niculae, A. F. T. Martins, "Sparse sequence-to-sequence models", 2019). A value is
 * in the support if Σ p < 1 with the threshold at that value: bisection over the sorted values.
 * Relative to the smallest such value, u = s·(v − low + t). Only t > 0 is unknown, and neither a
 * small p nor a large v loses digits. Newton's steps come from above and never pass the root.
 */
export function threshold(g: GraphBuilder, given: Value, alpha: Alpha): Threshold {
  const { s, power } = alpha;
  const largest = max(g, given);
  const lost = g.op('Or', any(g, g.op('IsNaN', given)), g.op('IsInf', largest));
  const v = zeroWhere(g, lost, given);
  const top = zeroWhere(g, lost, largest);
  const near = g.op('GreaterOrEqual', g.op('Mul', s, g.op('Sub', v, top)), -1);
  // All values of a row without a finite maximum are 0, and one candidate is enough.
  const count = g.op('Where', lost, g.int(1), g.node('ReduceSum', [g.cast(near, 'int64'), g.ints(1)]));
  const most = g.node('Reshape', [g.node('ReduceMax', [count]), g.ints(1)]);
  const [values = '', places = ''] = g.nodes('TopK', [v, most], { axis: 1 }, 2);
  const last = lastOf(g, values, count, alpha);
  const low = g.node('GatherElements', [values, last], { axis: 1 });

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
  // Other values have p = 0 and are not read again.
  const found = measure(g, values, alpha, low, t, tail).p;
  const p = g.node('ScatterElements', [rowsOf(g, 0, v), places, found], { axis: 1 });
  const margin =
    power === 'above'
      ? g.op('Min', t, nextExcess(g, alpha, values, last, count))
      : least(g, alpha, values, low, t);
  const drop = power === 'above' ? g.op('Div', g.op('Pow', t, s), s) : t;
  return { proper: g.op('Not', lost), p, low, drop, tail, margin };
}

/**
 * The least |u|; for α = 1.5 and 2 only u of `low`, because the support is decided with all
 * rounding errors.
 */
function least(g: GraphBuilder, { power, s }: Alpha, values: Value, low: Value, drop: Value): Value {
  if (power !== 'below') return g.op('Mul', s, drop);
  const u = g.op('Mul', s, g.op('Add', g.op('Sub', values, low), drop));
  return g.op('Neg', max(g, g.op('Neg', g.op('Abs', u))));
}

/** The excess of Σ p over 1 with the threshold at the next value; 1 if there is none. */
function nextExcess(g: GraphBuilder, alpha: Alpha, values: Value, last: Value, count: Value): Value {
  const next = g.op('Add', last, g.int(1));
  const exists = g.op('Less', next, count);
  const place = g.op('Where', exists, next, last);
  const low = g.node('GatherElements', [values, place], { axis: 1 });
  return g.op('Where', exists, g.op('Sub', plainSum(g, values, alpha, low), 1), 1);
}

/**
 * Outputs whether the threshold of any row is uncertain: float64 sums are accurate to 2⁻⁵⁰, with
 * their errors to 2⁻¹⁰⁰.
 */
export function outputDoubts(
  g: GraphBuilder,
  { margin }: Threshold,
  { power }: Alpha,
  dtype: FloatType,
): void {
  const carried = power === 'one' || power === 'half';
  const limit = carried ? (dtype === 'float64' ? 2 ** -46 : 2 ** -67) : 2 ** -19;
  g.output('doubts', anywhere(g, g.op('Less', margin, limit)), 'bool');
}
