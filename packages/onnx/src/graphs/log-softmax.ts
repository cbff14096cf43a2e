import { ALL, GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { log1p } from './parts/arithmetic.ts';
import { backward, type DistributionVariant, fillEmpty } from './parts/distribution.ts';
import { type Exponentials, exponentials, parts, quotient } from './parts/exponentials.ts';
import { logits } from './parts/logits.ts';
import { scaleOf, scaled as toScale, unscaledBy } from './parts/magnitude.ts';
import { gather, isImpossible, rowsOf, scatter, sum, zeroWhere } from './parts/row.ts';
import { share, times, unit, unscaled } from './parts/single-functions.ts';

/** log p = (v − max)/T − log1p(rest): two terms of one sign, so nothing cancels, and −2e−9 is not 0. */
export function logSoftmax(variant: DistributionVariant): Graph {
  const g = new GraphBuilder(variant);
  const { v, mask } = logits(g, variant);
  const terms = exponentials(g, v, variant);
  const { raw, rest } = parts(g, terms);
  const y = g.op('Sub', scaled(g, terms), log1p(g, unscaled(g, rest)));
  g.output('y', fillEmpty(g, y, raw, mask, variant, true), variant.dtype, ALL);
  return g.graph;
}

/** (v − max)/T with its limits: 0 at the maximum for every T, and −inf stays −inf. */
function scaled(g: GraphBuilder, { v, max, temperature: t, wide }: Exponentials): Value {
  const s = g.op('Sub', v, max);
  if (t === undefined) return s;
  const impossible = isImpossible(g, v);
  const q = g.op('Where', impossible, v, quotient(g, v, s, max, t, wide));
  return zeroWhere(g, g.op('Equal', s, 0), q);
}

/** dx = (dy − p·Σ dy)/T; for the likeliest entry dy·(1 − p) − p·Σ of the others, 1 − p = rest/Σ e. */
export function logSoftmaxGrad(variant: DistributionVariant): Graph {
  const g = new GraphBuilder(variant);
  const inputs = logits(g, variant);
  const { v } = inputs;
  const impossible = isImpossible(g, v);
  const cotangents = zeroWhere(g, impossible, g.double('dy', variant.dtype, ALL));
  const scale = scaleOf(g, cotangents, variant.dtype);
  const dy = toScale(g, cotangents, scale);
  const terms = exponentials(g, v, variant);
  const { at, above, rest, total } = parts(g, terms);
  const own = gather(g, dy, at);
  const others = sum(g, scatter(g, dy, at, rowsOf(g, 0, at)), terms.wide);
  const each = g.op('Sub', dy, times(g, share(g, terms.e, total), g.op('Add', others, own)));
  const left = times(g, share(g, rest, total), own);
  const top = g.op('Sub', left, times(g, share(g, unit(g), total), others));
  const likeliest = above === undefined ? top : g.op('Where', above, top, gather(g, each, at));
  const both = unscaledBy(g, scatter(g, each, at, likeliest), scale);
  // What has no part in Σ p keeps its dy, however small that is.
  const kept = scale === undefined ? both : g.op('Where', g.op('Equal', terms.e, 0), cotangents, both);
  const gradient = zeroWhere(g, impossible, kept);
  g.output('dx', backward(g, gradient, inputs, terms, variant.negate), variant.dtype, ALL);
  return g.graph;
}
