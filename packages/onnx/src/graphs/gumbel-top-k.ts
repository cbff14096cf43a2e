import { GraphBuilder } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { noisy } from './gumbel-softmax.ts';
import type { LogitsVariant } from './parts/logits.ts';

/**
 * The k largest x + noise, largest first; among equals TopK returns the lower index first, and its
 * input has no NaN.
 */
export function gumbelTopK(variant: LogitsVariant): Graph {
  const g = new GraphBuilder();
  const { v } = noisy(g, variant);
  const z = g.op('Where', g.op('IsNaN', v), Number.NEGATIVE_INFINITY, v);
  const k = g.node('Reshape', [g.cast(g.input('k', 'float64'), 'int64'), g.ints(1)]);
  const [, classes = ''] = g.nodes('TopK', [z, k], { axis: 1 }, 2);
  g.output('classes', classes, 'int32', ['outer', 'k', 'inner']);
  return g.graph;
}
