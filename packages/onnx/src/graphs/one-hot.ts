import type { FloatType } from '@softmax/core';
import { ALL, type Arithmetic, GraphBuilder, ROWS } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';

/** 1 at the class of each row. */
export function oneHot(variant: { readonly dtype: FloatType } & Partial<Arithmetic>): Graph {
  const g = new GraphBuilder(variant);
  const n = g.cast(g.number('n'), 'int64');
  const places = g.node('Reshape', [g.node('Range', [g.int(0), n, g.int(1)]), g.ints(1, -1, 1)]);
  const y = g.op('Equal', g.cast(places, 'int32'), g.input('classes', 'int32', ROWS));
  g.output('y', y, variant.dtype, ALL);
  return g.graph;
}
