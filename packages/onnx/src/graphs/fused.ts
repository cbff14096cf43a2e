import { ALL, GraphBuilder } from '../builder.ts';
import type { Graph } from '../graph.ts';

/** The runtime's own operator in float32, for a problem that is nothing but softmax or log-softmax. */
export function fused(op: 'Softmax' | 'LogSoftmax', negate: boolean): Graph {
  const g = new GraphBuilder(op);
  const x = g.input('x', 'float32', ALL);
  const y = g.node(op, [negate ? g.op('Neg', x) : x], { axis: 1 });
  g.output('y', y, 'float32', ALL);
  return g.graph;
}
