import type { Likelihood } from '@softmax/core';
import { ALL, GraphBuilder } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { unscaledBy } from './parts/magnitude.ts';
import { type Reduced, reduced } from './parts/reduced.ts';
import { zeroWhere } from './parts/row.ts';
import { type CrossEntropyVariant, crossEntropyVariant, type Targets, targets } from './parts/targets.ts';

export type NllLossVariant = CrossEntropyVariant;

/** A mask matters only to what smoothing spreads. */
export function nllLossVariant(
  p: Likelihood,
  given: Parameters<typeof crossEntropyVariant>[1],
): NllLossVariant {
  const variant = crossEntropyVariant({ ...p, zLoss: 0 }, given);
  return { ...variant, mask: variant.mask && variant.smoothing };
}

export function nllLoss(variant: NllLossVariant): Graph {
  const g = new GraphBuilder(variant);
  losses(g, variant);
  return g.graph;
}

interface Losses {
  readonly target: Targets;
  readonly reduction: Reduced;
}

/** l = −Σ a·x; a log-probability that the target does not ask for is not read. */
function losses(g: GraphBuilder, variant: NllLossVariant): Losses {
  const x = g.double('x', variant.dtype, ALL);
  const mask = variant.mask ? g.input('mask', 'bool', ALL) : undefined;
  const target = targets(g, x, mask, variant);
  const reduction = reduced(g, variant);
  reduction.output(target.loss((logit) => g.op('Neg', logit)));
  return { target, reduction };
}

/** dx = −a. */
export function nllLossGrad(variant: NllLossVariant): Graph {
  const g = new GraphBuilder(variant);
  const { target, reduction } = losses(g, variant);
  const { a } = target.shares();
  const never = g.op('Or', g.op('Equal', a, 0), reduction.skipped);
  const dx = unscaledBy(g, g.op('Mul', g.op('Neg', a), reduction.scale), reduction.unit);
  g.output('dx', zeroWhere(g, never, dx), variant.dtype, ALL);
  return g.graph;
}
