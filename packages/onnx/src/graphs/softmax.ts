import { ALL, GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { corrected } from './parts/cotangents.ts';
import { backward, type DistributionVariant, fillEmpty, scaledBackward } from './parts/distribution.ts';
import { type Exponentials, exponentials, type Parts, parts, total } from './parts/exponentials.ts';
import { type Logits, logits, slopeOfCap } from './parts/logits.ts';
import { largestOf, scaled, unitOf, unscaledBy } from './parts/magnitude.ts';
import { gather, isImpossible, sum, zeroWhere } from './parts/row.ts';
import { exponential, less, product, type Scaled, sumOf, scaled as toScaled } from './parts/scaled.ts';
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
  const { dtype, negate } = variant;
  const cotangents = g.double('dy', dtype, ALL);
  const terms = exponentials(g, v, variant);
  const row = parts(g, terms);
  const { at, above, total, proper } = row;
  const impossible = isImpossible(g, v);
  const p = share(g, terms.e, total);
  const never = g.op('Or', g.op('Equal', p, 0), impossible);
  const largest = largestOf(g, zeroWhere(g, never, cotangents), dtype);
  const scale = largest === undefined ? undefined : unitOf(g, largest, dtype);
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
  const slope = slopeOfCap(g, inputs);
  const plain = backward(g, dv, slope, terms, negate);
  // Of all cotangents, the impossible ones among them: what they are is looked at where it is not finite.
  const sumOfDy = sum(g, dy, false);
  const facts = { ...variant, ...terms, proper, impossible, dy: cotangents, total: sumOfDy, slope, largest };
  return corrected(g, plain, { ...facts, temperature: terms.temperature }, () => {
    const each = scaledGradient(g, zeroWhere(g, impossible, cotangents), terms, row);
    return zeroWhere(g, impossible, scaledBackward(g, each, inputs, terms, negate));
  });
}

/** p ∘ (dy − Σ p·dy) as m·2^e. */
function scaledGradient(
  g: GraphBuilder,
  dy: Value,
  { v, max, temperature, sink }: Exponentials,
  { at, above, total }: Parts,
): Scaled {
  const e = exponential(g, v, max, temperature);
  const own = gather(g, dy, at);
  const origin = toScaled(g, above === undefined ? own : g.op('Where', above, own, 0));
  const relative = less(g, toScaled(g, dy), origin);
  const others = sumOf(g, product(g, e, relative));
  const all =
    sink === undefined ? others : less(g, others, product(g, exponential(g, sink, max, temperature), origin));
  const over = ({ m, e }: Scaled): Scaled => ({ m: g.op('Div', m, total), e });
  return product(g, over(e), less(g, relative, over(all)));
}
