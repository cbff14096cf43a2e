import { ALL, GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { backward, type DistributionVariant, fillEmpty } from './parts/distribution.ts';
import { exponentials, parts, total } from './parts/exponentials.ts';
import { type Logits, logits } from './parts/logits.ts';
import { scaled, scaleOf, unscaledBy } from './parts/magnitude.ts';
import { gather, isImpossible, sum, zeroWhere } from './parts/row.ts';
import { share, times } from './parts/single-functions.ts';

export function softmax(variant: DistributionVariant): Graph {
  const g = new GraphBuilder(variant);
  g.output('y', probabilities(g, logits(g, variant), variant), variant.dtype, ALL);
  return g.graph;
}

/** p = e / Σ e. */
export function probabilities(g: GraphBuilder, { v, mask }: Logits, variant: DistributionVariant): Value {
  const terms = exponentials(g, v, variant);
  const all = total(g, terms);
  return fillEmpty(g, g.op('Div', terms.e, all.total), all.raw, mask, variant, false);
}

export function softmaxGrad(variant: DistributionVariant): Graph {
  const g = new GraphBuilder(variant);
  g.output('dx', gradient(g, logits(g, variant), variant), variant.dtype, ALL);
  return g.graph;
}

/** p ∘ (dy − Σ p·dy)/T, every dy relative to that of the likeliest entry: nothing cancels near a one-hot p. */
export function gradient(g: GraphBuilder, inputs: Logits, variant: DistributionVariant): Value {
  const { v } = inputs;
  const cotangents = g.double('dy', variant.dtype, ALL);
  const terms = exponentials(g, v, variant);
  const { at, above, total } = parts(g, terms);
  const p = share(g, terms.e, total);
  const never = g.op('Or', g.op('Equal', p, 0), isImpossible(g, v));
  const scale = scaleOf(g, zeroWhere(g, never, cotangents), variant.dtype);
  const dy = scaled(g, cotangents, scale);
  const own = gather(g, dy, at);
  const origin = above === undefined ? own : g.op('Where', above, own, 0);
  const relative = g.op('Sub', dy, origin);
  const sumOfRow = sum(g, zeroWhere(g, never, times(g, p, relative)), terms.wide);
  const mean =
    terms.sunk === undefined
      ? sumOfRow
      : g.op('Sub', sumOfRow, times(g, share(g, terms.sunk, total), origin));
  const back = unscaledBy(g, p, scale);
  const dv = zeroWhere(g, never, times(g, back, g.op('Sub', relative, mean)));
  return backward(g, dv, inputs, terms, variant.negate);
}
