import type { FloatType, Problem } from '@softmax/core';
import { ALL, GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { type Alpha, alphaOf, type Power, powerOf } from './parts/alpha.ts';
import { endlessBy } from './parts/cotangents.ts';
import { logits, masked } from './parts/logits.ts';
import { scaled, scaleOf, unscaledBy } from './parts/magnitude.ts';
import { argMax, gather, isImpossible, sum, zeroWhere } from './parts/row.ts';
import { outputDoubts, threshold } from './parts/threshold.ts';

export interface EntmaxVariant {
  readonly dtype: FloatType;
  readonly mask: boolean;
  readonly power: Power;
  /** Adds an output that marks an uncertain threshold. */
  readonly doubts: boolean;
}

export const entmaxVariant = (
  { dtype, alpha, doubts = false }: Problem & { readonly alpha: number; readonly doubts?: boolean },
  given: { readonly mask?: unknown },
): EntmaxVariant => ({ dtype, mask: given.mask !== undefined, power: powerOf(alpha), doubts });

/**
 * p = [(α − 1)x − τ]₊^{1/(α − 1)}; a row without a finite maximum is NaN except at its masked
 * entries.
 */
export function entmax({ power, ...variant }: EntmaxVariant): Graph {
  const g = new GraphBuilder();
  const { v, mask } = logits(g, variant);
  const alpha = alphaOf(g, power);
  const found = threshold(g, v, alpha);
  const { p, proper } = found;
  if (variant.doubts) outputDoubts(g, found, alpha, variant.dtype);
  const y = g.op('Where', proper, p, Number.NaN);
  g.output('y', masked(g, mask, y, 0), variant.dtype, ALL);
  return g.graph;
}

/**
 * dx = s ∘ (dy − Σ s·dy / Σ s), s = p^{2 − α} on the support. dy is relative to its value at the
 * largest s. That entry then adds nothing to the sum, and nothing cancels if its s is far above the
 * others.
 */
export function entmaxGrad({ power, ...variant }: EntmaxVariant): Graph {
  const g = new GraphBuilder();
  const { v } = logits(g, variant);
  const cotangents = g.double('dy', variant.dtype, ALL);
  const alpha = alphaOf(g, power);
  const found = threshold(g, v, alpha);
  const { p, proper } = found;
  if (variant.doubts) outputDoubts(g, found, alpha, variant.dtype);
  const inside = g.op('Greater', p, 0);
  const s = g.op('Where', inside, slope(g, p, alpha), 0);
  const at = argMax(g, s);
  const top = gather(g, s, at);
  const scale = scaleOf(g, g.op('Where', inside, cotangents, 0), variant.dtype);
  const dy = scaled(g, cotangents, scale);
  const relative = g.op('Sub', dy, gather(g, dy, at));
  const part = g.op('Div', s, top);
  const weight = sum(g, part, true);
  const terms = g.op('Where', inside, g.op('Mul', part, relative), 0);
  const mean = g.op('Div', sum(g, terms, true), weight);
  const centred = g.op('Sub', relative, mean);
  const outside = g.op('Not', inside);
  const plain = g.op('Where', inside, product(g, s, centred, scale), 0);
  const dx = endlessBy(g, plain, { dy, unread: outside, total: mean });
  const lost = zeroWhere(g, isImpossible(g, v), Number.NaN);
  g.output('dx', g.op('Where', proper, dx, lost), variant.dtype, ALL);
  return g.graph;
}

/** s·d of a scaled d: if s > 1 overflows first, so does the result. */
function product(g: GraphBuilder, s: Value, d: Value, scale: Value | undefined): Value {
  const each = g.op('Mul', unscaledBy(g, s, scale), d);
  if (scale === undefined) return each;
  const large = g.op('And', g.op('Greater', s, 1), g.op('Less', scale, 1));
  return g.op('Where', large, g.op('Mul', s, g.op('Div', d, scale)), each);
}

/** p^{2 − α}, at most 1e300. */
function slope(g: GraphBuilder, p: Value, { power, s }: Alpha): Value {
  if (power === 'one') return 1;
  if (power === 'half') return g.op('Sqrt', p);
  return g.op('Min', g.op('Pow', p, g.op('Sub', 1, s)), 1e300);
}
