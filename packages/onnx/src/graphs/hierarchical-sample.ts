import { GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { turned } from './parts/linear.ts';
import { runs } from './parts/prefix.ts';
import { first } from './parts/siblings.ts';
import { classesOf, fromRoot, type Nodes, nodesOf, type TreeVariant } from './parts/tree.ts';

/**
 * At each node takes the first child with Σ q > u; the class is the leaf whose whole path is taken,
 * −1 if there is none.
 */
export function hierarchicalSample(variant: TreeVariant): Graph {
  const g = new GraphBuilder();
  const nodes = nodesOf(g, variant);
  const { parents, count, place, choice } = nodes;
  const sums = upTo(g, nodes, choice.q);
  const last = g.op('Equal', place, g.op('Sub', count, 1));
  const over = g.op('Or', g.op('Greater', sums, noiseOf(g, nodes, variant)), last);
  const taken = first(g, nodes, g.op('And', over, g.op('Not', g.op('IsNaN', sums))));
  const reached = fromRoot(g, parents, g.cast(taken, 'float64'), (own, above) => g.op('Mul', own, above));
  const leaves = classesOf(g, reached);
  const found = g.node('ArgMax', [leaves], { axis: 1, keepdims: 0 });
  const any = g.op('Greater', g.node('ReduceMax', [leaves], { axes: [1], keepdims: 0 }), 0);
  g.output('classes', g.op('Where', any, found, g.int(-1)), 'int32', ['outer']);
  return g.graph;
}

/** The sums of q of each node and its preceding siblings. */
function upTo(g: GraphBuilder, { id, longest }: Nodes, q: Value): Value {
  const [, sums = ''] = runs(
    g,
    'before',
    [
      { value: id, none: -2 },
      { value: q, none: 0 },
    ],
    ([own = '', a = ''], [other = '', b = '']) => [
      own,
      g.op('Where', g.op('Equal', own, other), g.op('Add', b, a), a),
    ],
    { axis: 0, reach: longest },
  );
  return sums;
}

/** The noise of each node's decision, at the index that counts its ancestors with siblings. */
function noiseOf(g: GraphBuilder, { parents, count }: Nodes, { dtype }: TreeVariant): Value {
  const noise = g.double('noise', dtype === 'float64' ? 'float64' : 'float32', ['outer', 'depth']);
  const decisions = fromRoot(g, parents, g.cast(g.op('Greater', count, 1), 'float64'), (own, above) =>
    g.op('Add', own, above),
  );
  const before = g.cast(g.node('Squeeze', [g.node('Gather', [decisions, parents]), g.ints(1)]), 'int64');
  const most = g.op('Sub', g.node('Shape', [noise], { start: 1, end: 2 }), g.ints(1));
  const byDecision = turned(g, noise);
  return g.node('Gather', [byDecision, g.op('Min', before, most)]);
}
