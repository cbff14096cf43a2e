import type { Draw } from '@softmax/core';
import { GraphBuilder } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { noisy } from './gumbel-softmax.ts';

export interface GumbelTopKVariant {
  readonly dtype: Draw['dtype'];
  readonly mask: boolean;
}

export const gumbelTopKVariant = (
  { dtype }: Draw,
  given: { readonly mask?: unknown },
): GumbelTopKVariant => ({ dtype, mask: given.mask !== undefined });

/** The k largest x + noise, largest first; TopK gives the lower index first among equals, and gets no NaN. */
export function gumbelTopK(variant: GumbelTopKVariant): Graph {
  const g = new GraphBuilder('gumbelTopK');
  const { v } = noisy(g, variant);
  const z = g.op('Where', g.op('IsNaN', v), Number.NEGATIVE_INFINITY, v);
  const k = g.node('Reshape', [g.cast(g.input('k', 'float64'), 'int64'), g.ints(1)]);
  const [, classes = ''] = g.nodes('TopK', [z, k], { axis: 1 }, 2);
  g.output('classes', classes, 'int32', ['outer', 'k', 'inner']);
  return g.graph;
}
