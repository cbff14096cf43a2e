import type { FloatType } from '@softmax/core';
import { ALL, GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { differenceError, log1p } from './parts/arithmetic.ts';
import { power } from './parts/exponentials.ts';
import { CANCELLED, outputDoubts } from './parts/near-one.ts';
import { runs } from './parts/prefix.ts';
import { anywhere, isBounded, isImpossible, zeroWhere } from './parts/row.ts';

export interface LogCumSumExpVariant {
  readonly dtype: FloatType;
  readonly doubts?: boolean;
}

/** Stands for −inf, of which nothing can be subtracted. */
const LOWEST = -Number.MAX_VALUE;
/** How far sums may drift from what they are relative to: e³²·n is far from overflow, and few changes of base round them. */
const DRIFT = 32;

interface Sums {
  readonly x: Value;
  /** The largest value so far; finite also where the result is not. */
  readonly top: Value;
  /** Σ e^{x − top} so far but for the largest term, which is 1. */
  readonly rest: Value;
  /** The result where it is not finite: −inf before the first possible value, +inf, NaN; else 0. */
  readonly special: Value;
}

const baseOf = (g: GraphBuilder, top: Value, round: 'Ceil' | 'Floor'): Value =>
  g.op('Mul', g.op(round, g.op('Div', top, DRIFT)), DRIFT);

/** a + b, and what both and the sum itself lost in rounding. */
function added(g: GraphBuilder, a: Value, b: Value, lost: Value): readonly [sum: Value, lost: Value] {
  const sum = g.op('Add', a, b);
  return [sum, g.op('Add', lost, differenceError(g, a, g.op('Neg', b), sum))];
}

function sums(g: GraphBuilder, dtype: FloatType): Sums {
  const x = g.double('x', dtype, ALL);
  const lost = g.op('Or', g.op('IsNaN', x), g.op('IsInf', x));
  const v = g.op('Where', lost, LOWEST, x);
  const [top = '', others = '', error = ''] = runs(
    g,
    'before',
    [
      { value: v, none: LOWEST },
      { value: g.op('Mul', v, 0), none: 0 },
      { value: g.op('Mul', v, 0), none: 0 },
    ],
    ([own = '', ofOwn = '', errorOfOwn = ''], [other = '', ofOther = '', errorOfOther = '']) => {
      const larger = g.op('Max', own, other);
      const smaller = g.op('Min', own, other);
      const base = baseOf(g, larger, 'Ceil');
      const change = (from: Value) => g.op('Exp', g.op('Sub', baseOf(g, from, 'Ceil'), base));
      const [down, downOfOther] = [change(own), change(other)];
      const both = g.op('Add', g.op('Mul', errorOfOwn, down), g.op('Mul', errorOfOther, downOfOther));
      const [a, b] = [g.op('Mul', ofOwn, down), g.op('Mul', ofOther, downOfOther)];
      const term = zeroWhere(g, g.op('Equal', smaller, LOWEST), power(g, smaller, base));
      const [sum, lost] = added(g, a, b, both);
      return [larger, ...added(g, sum, term, lost)];
    },
  );
  const rest = g.op('Div', g.op('Add', others, error), power(g, top, baseOf(g, top, 'Ceil')));
  return { x, top, rest, special: specials(g, x) };
}

/** NaN from the first NaN on, +inf from the first +inf, −inf before the first possible value. */
function specials(g: GraphBuilder, x: Value): Value {
  const soFar = (condition: Value) =>
    g.op('Greater', g.node('CumSum', [g.cast(condition, 'float64'), g.int(1)]), 0);
  const infinite = soFar(g.op('Equal', x, Number.POSITIVE_INFINITY));
  const possible = soFar(g.op('Not', isImpossible(g, x)));
  const special = g.op(
    'Where',
    infinite,
    Number.POSITIVE_INFINITY,
    zeroWhere(g, possible, Number.NEGATIVE_INFINITY),
  );
  return g.op('Where', soFar(g.op('IsNaN', x)), Number.NaN, special);
}

/** top + log1p(rest), exact where one term dominates. */
export function logCumSumExp({ dtype, doubts }: LogCumSumExpVariant): Graph {
  const g = new GraphBuilder();
  const { top, rest, special } = sums(g, dtype);
  const y = g.op('Add', top, log1p(g, rest));
  const parts = g.op('Max', g.op('Abs', top), g.op('Min', rest, 1));
  const isRough = g.op('Less', g.op('Abs', y), g.op('Mul', parts, CANCELLED[dtype]));
  if (doubts) outputDoubts(g, g.op('And', isRough, g.op('Equal', special, 0)));
  g.output('y', g.op('Where', g.op('Equal', special, 0), y, special), dtype, ALL);
  return g.graph;
}

/**
 * dx_k = e^{x_k}·Σ_{j ≥ k} dy_j·e^{−y_j}, the sum relative to a base that follows the tops down to the row's beginning. A
 * −inf takes no part; a sum of +inf has no slope for finite terms.
 */
export function logCumSumExpGrad({ dtype }: LogCumSumExpVariant): Graph {
  const g = new GraphBuilder();
  const { x, top, rest, special } = sums(g, dtype);
  const given = g.double('dy', dtype, ALL);
  const finite = g.op('Equal', special, 0);
  // So far above the top that no sum is below float64's normal numbers where the result is not.
  const base = g.op('Add', baseOf(g, top, 'Floor'), 2 * DRIFT);
  const down = power(g, top, base);
  const e = g.op('Where', finite, power(g, x, base), g.op('Mul', x, 0));
  // Below float64's normal numbers only the last product may round.
  const half = power(g, g.op('Mul', x, 0.5), g.op('Mul', base, 0.5));
  const lost = g.op('Where', g.op('IsNaN', special), special, 0);
  const of = (dy: Value): Value => {
    const share = g.op('Div', g.op('Div', dy, g.op('Add', 1, rest)), down);
    const [, sum = '', error = ''] = runs(
      g,
      'after',
      [
        { value: base, none: 0 },
        { value: g.op('Where', finite, share, lost), none: 0 },
        { value: g.op('Mul', base, 0), none: 0 },
      ],
      ([own = '', ofOwn = '', errorOfOwn = ''], [later = '', ofLater = '', errorOfLater = '']) => {
        const root = g.op('Exp', g.op('Mul', g.op('Min', g.op('Sub', own, later), 0), 0.5));
        const toOwn = (value: Value) => g.op('Mul', g.op('Mul', value, root), root);
        return [own, ...added(g, ofOwn, toOwn(ofLater), g.op('Add', errorOfOwn, toOwn(errorOfLater)))];
      },
    );
    const total = g.op('Add', sum, error);
    const whole = g.op('Where', g.op('IsNaN', total), sum, total);
    const small = g.op('Mul', g.op('Mul', whole, half), half);
    return g.op('Where', g.op('Less', g.op('Abs', e), 1e-290), small, g.op('Mul', whole, e));
  };
  // Cotangents whose share of a base so far up would overflow have sums of their own, in a unit of 2⁻²⁰⁰.
  const large = g.op('Greater', g.op('Abs', given), 2 ** 800);
  const own = g.op('Where', large, g.op('Mul', given, 2 ** -200), 0);
  const dx =
    dtype === 'float64'
      ? g.op('Add', of(zeroWhere(g, large, given)), g.op('Div', of(own), 2 ** -200))
      : of(given);
  // e^{x − y} is above 0: what is infinite or NaN from an entry on is the slope there, however far the powers are apart.
  const endless = g.op('Not', isBounded(g, given));
  const body = () => {
    const read = g.op('And', endless, finite);
    const later = g.node('CumSum', [g.op('Where', read, given, 0), g.int(1)], { reverse: 1 });
    return { state: [g.op('Where', isBounded(g, later), dx, later)], again: g.bool(false) };
  };
  const [slope = ''] = g.loop([dx], body, { times: g.int(1), first: anywhere(g, endless) });
  g.output('dx', zeroWhere(g, isImpossible(g, x), slope), dtype, ALL);
  return g.graph;
}
