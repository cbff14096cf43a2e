import type { FloatType } from '@softmax/core';
import { ALL, GraphBuilder, ROWS } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { sum, zeroWhere } from './parts/row.ts';

export interface EntropyVariant {
  readonly dtype: FloatType;
}

/** −Σ p·log p, 0·log 0 = 0. */
export function entropy({ dtype }: EntropyVariant): Graph {
  const g = new GraphBuilder();
  const p = g.double('p', dtype, ALL);
  const terms = g.op('Mul', p, g.op('Neg', g.op('Log', p)));
  const each = zeroWhere(g, g.op('Equal', p, 0), terms);
  g.output('y', sum(g, each, dtype === 'float64'), dtype, ROWS);
  return g.graph;
}

/** dp = −dy·(log p + 1); 0 where p is 0. */
export function entropyGrad({ dtype }: EntropyVariant): Graph {
  const g = new GraphBuilder();
  const p = g.double('p', dtype, ALL);
  const dy = g.double('dy', dtype, ROWS);
  const dp = g.op('Mul', g.op('Neg', dy), g.op('Add', g.op('Log', p), 1));
  g.output('dp', zeroWhere(g, g.op('Equal', p, 0), dp), dtype, ALL);
  return g.graph;
}
