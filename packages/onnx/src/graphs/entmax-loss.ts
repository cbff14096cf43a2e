import type { EntmaxLoss } from '@softmax/core';
import { ALL, GraphBuilder, ROWS, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { type EntmaxVariant, entmaxVariant } from './entmax.ts';
import { type Alpha, alphaOf } from './parts/alpha.ts';
import { differenceError, remainder } from './parts/arithmetic.ts';
import { logits } from './parts/logits.ts';
import { unscaledBy } from './parts/magnitude.ts';
import { type Reduced, type ReducedVariant, reduced } from './parts/reduced.ts';
import { gather, isImpossible, rowsOf, scatter, sum, zeroWhere } from './parts/row.ts';
import { outputDoubts, type Threshold, threshold } from './parts/threshold.ts';

export type EntmaxLossVariant = EntmaxVariant & ReducedVariant;

export const entmaxLossVariant = (
  p: EntmaxLoss & { readonly doubts?: boolean },
  given: { readonly mask?: unknown; readonly dy?: unknown },
): EntmaxLossVariant => ({ ...entmaxVariant(p, given), sum: p.sum, dy: given.dy !== undefined });

export function entmaxLoss(variant: EntmaxLossVariant): Graph {
  const g = new GraphBuilder();
  losses(g, variant);
  return g.graph;
}

interface Losses {
  readonly v: Value;
  readonly classes: Value;
  readonly reduction: Reduced;
  readonly proper: Value;
  /** p except at the target, and 1 − p of the target. */
  readonly others: Value;
  readonly rest: Value;
}

/**
 * H_α(p) + ⟨p, z⟩ − z_y as a sum without negative terms: Σ_{c ≠ y} p_c^α/α, the divergence of p_y
 * from 1, and for p_y = 0 the distance of z_y below the threshold
 * (M. Blondel, A. F. T. Martins, V. Niculae 2020, §3).
 */
function losses(g: GraphBuilder, { power, ...variant }: EntmaxLossVariant): Losses {
  const { v } = logits(g, variant);
  const classes = g.input('classes', 'int32', ROWS);
  const alpha = alphaOf(g, power);
  const found = threshold(g, v, alpha);
  const { p, proper, low, drop } = found;
  if (variant.doubts) outputDoubts(g, found, alpha, variant.dtype);
  const others = scatter(g, p, classes, rowsOf(g, 0, classes));
  const rest = sum(g, others, true);
  const own = gather(g, v, classes);
  const entropies = sum(g, g.op('Div', raised(g, others, alpha), alpha.alpha), true);
  const distance = g.op('Sub', own, low);
  const above = g.op('Add', distance, drop);
  const inside = g.op('Greater', above, 0);
  const outside = g.op('Add', g.op('Div', g.op('Div', 1, alpha.s), alpha.alpha), g.op('Neg', above));
  const [share, error] = [gather(g, p, classes), differenceError(g, own, low, distance)];
  const difference = divergence(g, { p: share, r: rest, above, distance, error, found }, alpha);
  const loss = g.op('Add', entropies, g.op('Where', inside, difference, outside));
  const reduction = reduced(g, variant);
  reduction.output(g.op('Where', proper, loss, Number.NaN));
  return { v, classes, reduction, proper, others, rest };
}

/** dx = p − e_y, 1 − p_y = Σ_{c ≠ y} p_c. */
export function entmaxLossGrad(variant: EntmaxLossVariant): Graph {
  const g = new GraphBuilder();
  const { v, classes, reduction, proper, others, rest } = losses(g, variant);
  const { scale, skipped, unit } = reduction;
  const each = scatter(g, others, classes, g.op('Neg', rest));
  const lost = g.op('Where', proper, each, Number.NaN);
  const impossible = isImpossible(g, v);
  const never = g.op('Or', g.op('Equal', lost, 0), g.op('Or', impossible, skipped));
  g.output('dx', zeroWhere(g, never, unscaledBy(g, g.op('Mul', scale, lost), unit)), variant.dtype, ALL);
  return g.graph;
}

/** p^α. */
function raised(g: GraphBuilder, p: Value, { power, alpha }: Alpha): Value {
  if (power === 'one') return g.op('Mul', p, p);
  if (power === 'half') return g.op('Mul', p, g.op('Sqrt', p));
  return g.op('Pow', p, alpha);
}

interface Target {
  readonly p: Value;
  /** 1 − p. */
  readonly r: Value;
  /** x − τ, and x − low. */
  readonly above: Value;
  readonly distance: Value;
  /** The rounding error of that difference. */
  readonly error: Value;
  readonly found: Threshold;
}

/**
 * ∫₀^r t(1 − t)^{α − 2} dt, r = 1 − p: r²/2 for α = 2, ⅔·r²(2 + √p)/(1 + √p)² for α = 1.5, else
 * (1 − u·(1 + s·r))/(α·s), s = α − 1, u = p^s = s·(x − τ), which does not underflow where p does;
 * near u = 1 −(r + l·(1 + s·r))/α, l = (u − 1)/s, and where r is small its series.
 */
function divergence(g: GraphBuilder, target: Target, { power, alpha, s, q }: Alpha): Value {
  const { p, r, above, distance, found } = target;
  const square = g.op('Mul', r, r);
  if (power === 'one') return g.op('Mul', square, 0.5);
  if (power === 'half') {
    const root = g.op('Sqrt', p);
    const u = g.op('Add', 1, root);
    const share = g.op('Div', g.op('Div', g.op('Add', 2, root), u), u);
    return g.op('Div', g.op('Mul', g.op('Mul', square, share), 2), 3);
  }
  const u = g.op('Mul', s, above);
  const growth = g.op('Add', 1, g.op('Mul', s, r));
  const low = g.op('Div', g.op('Div', g.op('Sub', 1, g.op('Mul', u, growth)), s), alpha);
  // x − τ − 1/s, each of which may be far above the result.
  const gap = g.op('Sub', found.drop, q);
  const lost = g.op('Sub', found.tail, g.op('Div', remainder(g, 1, s, q), s));
  const rounded = g.op('Add', target.error, differenceError(g, found.drop, q, gap));
  const l = g.op('Add', g.op('Add', distance, gap), g.op('Add', lost, rounded));
  const near = g.op('Div', g.op('Neg', g.op('Add', r, g.op('Mul', l, growth))), alpha);
  const closed = g.op('Where', g.op('Less', u, 0.5), low, near);
  const small = g.op('Less', g.op('Mul', r, g.op('Max', 1, s)), 0.5);
  return g.op('Where', small, series(g, g.op('Where', small, r, 0), s), closed);
}

/** Σ_{n ≥ 1} t_n/(n + 1), t₁ = r², t_{n + 1} = t_n·r(n − s)/n, until nothing changes. */
function series(g: GraphBuilder, r: Value, s: Value): Value {
  const zero = g.op('Mul', r, 0);
  const [total = ''] = g.loop([zero, g.op('Mul', r, r)], ([before = '', term = ''], turn) => {
    const n = g.op('Add', g.cast(turn, 'float64'), 1);
    const after = g.op('Add', before, g.op('Div', term, g.op('Add', n, 1)));
    const changed = g.cast(g.op('Not', g.op('Equal', g.op('Add', before, term), before)), 'float64');
    const next = g.op('Mul', term, g.op('Div', g.op('Mul', r, g.op('Sub', n, s)), n));
    return {
      state: [after, next],
      again: g.op('Greater', g.node('ReduceMax', [changed], { keepdims: 0 }), 0),
    };
  });
  return total;
}
