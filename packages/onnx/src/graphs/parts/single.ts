import { ALL, GraphBuilder, type Value } from '../../model/builder.ts';
import type { Graph } from '../../model/graph.ts';
import { max, sum } from './row.ts';

/** The runtime's own float32 operator, for plain softmax or log-softmax. */
export function fused(op: 'Softmax' | 'LogSoftmax', negate: boolean): Graph {
  const g = new GraphBuilder();
  const x = signed(g, negate);
  g.output('y', g.node(op, [x], { axis: 1 }), 'float32', ALL);
  return g.graph;
}

/**
 * Softmax from single operators: the sum is float64, so its error does not grow with the row's
 * length.
 */
export function single(op: 'Softmax' | 'LogSoftmax', negate: boolean): Graph {
  const g = new GraphBuilder();
  const x = signed(g, negate);
  const s = g.op('Sub', x, max(g, x));
  const e = g.op('Exp', s);
  const total = sum(g, g.cast(e, 'float64'), false);
  const y =
    op === 'Softmax'
      ? g.op('Div', e, g.cast(total, 'float32'))
      : g.op('Sub', s, g.cast(g.op('Log', total), 'float32'));
  g.output('y', y, 'float32', ALL);
  return g.graph;
}

const signed = (g: GraphBuilder, negate: boolean): Value => {
  const x = g.input('x', 'float32', ALL);
  return negate ? g.op('Neg', x) : x;
};
