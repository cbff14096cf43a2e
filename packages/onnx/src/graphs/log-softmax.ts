import { ALL, GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { log1p } from './parts/arithmetic.ts';
import { corrected } from './parts/cotangents.ts';
import { backward, type DistributionVariant, fillEmpty, scaledBackward } from './parts/distribution.ts';
import { type Exponentials, exponentials, type Parts, parts, quotient } from './parts/exponentials.ts';
import { logits, slopeOfCap } from './parts/logits.ts';
import { largestOf, scaled as toScale, unitOf, unscaledBy } from './parts/magnitude.ts';
import { gather, isImpossible, rowsOf, scatter, sum, zeroWhere } from './parts/row.ts';
import { exponential, less, product, type Scaled, scaled, sumOf } from './parts/scaled.ts';
import { share, times, unit, unscaled } from './parts/single-functions.ts';

/** log p = (v − max)/T − log1p(rest): two terms of one sign, so nothing cancels, and −2e−9 is not 0. */
export function logSoftmax(variant: DistributionVariant): Graph {
  const g = new GraphBuilder(variant);
  const { v, mask } = logits(g, variant);
  const terms = exponentials(g, v, variant);
  const { raw, rest } = parts(g, terms);
  const y = g.op('Sub', distance(g, terms), log1p(g, unscaled(g, rest)));
  g.output('y', fillEmpty(g, y, raw, mask, variant, true), variant.dtype, ALL);
  return g.graph;
}

/** (v − max)/T with its limits: 0 at the maximum for every T, and −inf stays −inf. */
function distance(g: GraphBuilder, { v, max, temperature: t, wide }: Exponentials): Value {
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
  const { dtype, negate } = variant;
  const { v } = inputs;
  const impossible = isImpossible(g, v);
  const cotangents = zeroWhere(g, impossible, g.double('dy', dtype, ALL));
  const largest = largestOf(g, cotangents, dtype);
  const scale = largest === undefined ? undefined : unitOf(g, largest, dtype);
  const dy = toScale(g, cotangents, scale);
  const terms = exponentials(g, v, variant);
  const row = parts(g, terms);
  const { at, above, rest, total, proper } = row;
  const own = gather(g, dy, at);
  const others = sum(g, scatter(g, dy, at, rowsOf(g, 0, at)), terms.wide);
  const all = g.op('Add', others, own);
  const each = g.op('Sub', dy, times(g, share(g, terms.e, total), all));
  const left = times(g, share(g, rest, total), own);
  const top = g.op('Sub', left, times(g, share(g, unit(g), total), others));
  const likeliest = above === undefined ? top : g.op('Where', above, top, gather(g, each, at));
  const both = unscaledBy(g, scatter(g, each, at, likeliest), scale);
  // What has no part in Σ p keeps its dy, however small that is.
  const kept = scale === undefined ? both : g.op('Where', g.op('Equal', terms.e, 0), cotangents, both);
  const gradient = zeroWhere(g, impossible, kept);
  const slope = slopeOfCap(g, inputs);
  const plain = backward(g, gradient, slope, terms, negate);
  const facts = { ...variant, ...terms, proper, impossible, dy: cotangents, total: all, slope, largest };
  const dx = corrected(g, plain, { ...facts, temperature: terms.temperature }, () => {
    const mine = scaledGradient(g, cotangents, terms, row);
    return zeroWhere(g, impossible, scaledBackward(g, mine, inputs, terms, negate));
  });
  g.output('dx', dx, dtype, ALL);
  return g.graph;
}

/** dy − p·Σ dy as m·2^e, for the likeliest entry by way of the others. */
function scaledGradient(
  g: GraphBuilder,
  cotangents: Value,
  { v, max, temperature, sink }: Exponentials,
  { at, above, total }: Parts,
): Scaled {
  const dy = scaled(g, cotangents);
  const e = exponential(g, v, max, temperature);
  const but = (terms: Scaled): Scaled => ({ ...terms, m: scatter(g, terms.m, at, rowsOf(g, 0, at)) });
  const of = (terms: Scaled): Scaled => ({ m: gather(g, terms.m, at), e: gather(g, terms.e, at) });
  const over = (terms: Scaled): Scaled => ({ ...terms, m: g.op('Div', terms.m, total) });
  const negative = (terms: Scaled): Scaled => ({ ...terms, m: g.op('Neg', terms.m) });
  const others = sumOf(g, but(dy));
  const all = less(g, others, negative(of(dy)));
  const each = less(g, dy, product(g, over(e), all));
  const near = sumOf(g, but(e));
  const rest = sink === undefined ? near : less(g, near, negative(exponential(g, sink, max, temperature)));
  const top = over(less(g, product(g, of(dy), rest), others));
  const chosen = (field: 'm' | 'e') =>
    above === undefined ? top[field] : g.op('Where', above, top[field], of(each)[field]);
  return { m: scatter(g, each.m, at, chosen('m')), e: scatter(g, each.e, at, chosen('e')) };
}
