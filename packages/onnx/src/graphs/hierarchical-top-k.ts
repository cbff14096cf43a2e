import { GraphBuilder } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { under } from './parts/choice.ts';
import { column } from './parts/linear.ts';
import { classesOf, fromRoot, nodesOf, type TreeVariant } from './parts/tree.ts';

/**
 * The k most probable classes of all. A best-first search expands the nodes that are at least as
 * probable as the k-th class. A row is NaN if one of these that is possible has children without a
 * distribution.
 */
export function hierarchicalTopK(variant: TreeVariant): Graph {
  const g = new GraphBuilder();
  const { parents, choice } = nodesOf(g, variant);
  const all = fromRoot(g, parents, choice.log, (own, above) => under(g, own, above, true));
  const ofClasses = classesOf(g, all);
  const known = g.op('Where', g.op('IsNaN', ofClasses), Number.NEGATIVE_INFINITY, ofClasses);
  const k = g.node('Reshape', [g.cast(g.input('k', 'float64'), 'int64'), g.ints(1)]);
  const [logProbs = '', classes = ''] = g.nodes('TopK', [known, k], { axis: 1 }, 2);
  const last = g.node('ReduceMin', [logProbs], { axes: [1], keepdims: 0 });
  const above = g.node('Gather', [all, parents]);
  const possible = g.op('Greater', above, Number.NEGATIVE_INFINITY);
  const open = g.op('And', g.op('GreaterOrEqual', above, last), possible);
  const found = g.cast(g.op('And', open, g.op('IsNaN', choice.log)), 'float64');
  const lost = g.op('Greater', g.node('ReduceMax', [found], { axes: [0], keepdims: 0 }), 0);
  const row = column(g, lost);
  g.output('classes', g.op('Where', row, g.int(-1), classes), 'int32', ['outer', 'k']);
  g.output('logProbs', g.op('Where', row, Number.NaN, logProbs), variant.dtype, ['outer', 'k']);
  return g.graph;
}
