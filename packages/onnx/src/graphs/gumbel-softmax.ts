import type { Gumbel } from '@softmax/core';
import { ALL, GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { type DistributionVariant, distributionVariant, fillEmpty } from './parts/distribution.ts';
import { exponentials, total } from './parts/exponentials.ts';
import { type Logits, logits, masked } from './parts/logits.ts';
import { argMax, isAt } from './parts/row.ts';
import { gradient, probabilities } from './softmax.ts';

/** The distribution is that of x + noise. */
export interface GumbelVariant extends DistributionVariant {
  readonly hard: boolean;
}

export function gumbelVariant(
  p: Gumbel,
  given: { readonly mask?: unknown },
  gradient = false,
): GumbelVariant {
  const { dtype, temperature } = p;
  const relaxed = {
    ...p,
    dtype,
    negate: false,
    softcap: 0,
    empty: { masked: 'zero', impossible: 'nan' },
  } as const;
  const hard = p.hard && !gradient;
  return {
    ...distributionVariant({ ...relaxed, temperature: hard ? 1 : temperature }, given, gradient),
    hard,
  };
}

export const gumbelGradVariant = (p: Gumbel, given: { readonly mask?: unknown }): GumbelVariant =>
  gumbelVariant(p, given, true);

/** x + noise; −inf stays −inf, and masked entries are never read. */
export function noisy(
  g: GraphBuilder,
  variant: { readonly dtype: GumbelVariant['dtype']; readonly mask: boolean },
): Logits {
  const { x, mask } = logits(g, variant);
  const v: Value = g.op(
    'Add',
    x,
    g.double('noise', variant.dtype === 'float64' ? 'float64' : 'float32', ALL),
  );
  return { x, v: masked(g, mask, v, Number.NEGATIVE_INFINITY), mask };
}

/** softmax((x + noise)/T), or the one-hot vector of the first maximum of x + noise. */
export function gumbelSoftmax(variant: GumbelVariant): Graph {
  const g = new GraphBuilder();
  const inputs = noisy(g, variant);
  if (!variant.hard) {
    g.output('y', probabilities(g, inputs, variant), variant.dtype, ALL);
    return g.graph;
  }
  const { v, mask } = inputs;
  const { raw, proper } = total(g, exponentials(g, v, variant));
  const chosen = g.cast(isAt(g, v, g.cast(argMax(g, v), 'int32')), 'float64');
  const y = g.op('Where', proper, chosen, Number.NaN);
  g.output('y', fillEmpty(g, y, raw, mask, variant, false), variant.dtype, ALL);
  return g.graph;
}

/** dx = p ∘ (dy − Σ p·dy)/T at the same noise: straight-through for a hard sample. */
export function gumbelSoftmaxGrad(variant: GumbelVariant): Graph {
  const g = new GraphBuilder();
  g.output('dx', gradient(g, noisy(g, variant), variant), variant.dtype, ALL);
  return g.graph;
}
