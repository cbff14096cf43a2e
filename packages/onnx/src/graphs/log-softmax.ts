import { ALL, GraphBuilder, type Value } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { log1p } from './arithmetic.ts';
import { backward, type DistributionVariant, fillEmpty } from './distribution.ts';
import { type Exponentials, exponentials, parts, quotient } from './exponentials.ts';
import { logits } from './logits.ts';
import { gather, rowsOf, scatter, sum } from './row.ts';

/** log p = (v − max)/T − log1p(rest): two terms of one sign, so nothing cancels, and −2e−9 is not 0. */
export function logSoftmax(variant: DistributionVariant): Graph {
  const g = new GraphBuilder('logSoftmax', variant);
  const { v, mask } = logits(g, variant);
  const terms = exponentials(g, v, variant);
  const { raw, rest } = parts(g, terms);
  const y = g.op('Sub', scaled(g, terms), log1p(g, rest));
  g.output('y', fillEmpty(g, y, raw, mask, variant, true), variant.dtype, ALL);
  return g.graph;
}

/** (v − max)/T with its limits: 0 at the maximum for every T, and −inf stays −inf. */
function scaled(g: GraphBuilder, { v, max, temperature: t, wide }: Exponentials): Value {
  const s = g.op('Sub', v, max);
  if (t === undefined) return s;
  const impossible = g.op('Equal', v, Number.NEGATIVE_INFINITY);
  const q = g.op('Where', impossible, v, quotient(g, v, s, max, t, wide));
  return g.op('Where', g.op('Equal', s, 0), 0, q);
}

/** dx = (dy − p·Σ dy)/T; for the likeliest entry dy·(1 − p) − p·Σ of the others, 1 − p = rest/Σ e. */
export function logSoftmaxGrad(variant: DistributionVariant): Graph {
  const g = new GraphBuilder('logSoftmaxGrad', variant);
  const inputs = logits(g, variant);
  const { v } = inputs;
  const impossible = g.op('Equal', v, Number.NEGATIVE_INFINITY);
  const dy = g.op('Where', impossible, 0, g.double('dy', variant.dtype, ALL));
  const terms = exponentials(g, v, variant);
  const { at, above, rest, total } = parts(g, terms);
  const own = gather(g, dy, at);
  const others = sum(g, scatter(g, dy, at, rowsOf(g, 0, at)), terms.wide);
  const p = g.op('Div', terms.e, total);
  const each = g.op('Sub', dy, g.op('Mul', p, g.op('Add', others, own)));
  const top = g.op('Div', g.op('Sub', g.op('Mul', own, rest), others), total);
  const likeliest = above === undefined ? top : g.op('Where', above, top, gather(g, each, at));
  const gradient = g.op('Where', impossible, 0, scatter(g, each, at, likeliest));
  g.output('dx', backward(g, gradient, inputs, terms, variant.negate), variant.dtype, ALL);
  return g.graph;
}
