import type { FloatType } from '@softmax/core';
import { GraphBuilder, ROWS, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { log1p } from './parts/arithmetic.ts';
import { exponentials, parts } from './parts/exponentials.ts';
import { decided, outputDoubts } from './parts/near-one.ts';
import { shares } from './parts/shares.ts';

export interface LogAddExpVariant {
  readonly dtype: FloatType;
  readonly doubts?: boolean;
}

/** a and b as a row of two: infinities and small sums are those of logSumExp. */
function pair(g: GraphBuilder, dtype: FloatType): Value {
  return g.node('Concat', [g.double('a', dtype, ROWS), g.double('b', dtype, ROWS)], { axis: 1 });
}

/** log(e^a + e^b) = max + log1p(e^(min − max)). */
export function logAddExp({ dtype, doubts: isAsked }: LogAddExpVariant): Graph {
  const g = new GraphBuilder();
  const v = pair(g, dtype);
  const terms = exponentials(g, v, { dtype });
  const { proper, raw, rest } = parts(g, terms);
  const rough = g.op('Where', proper, g.op('Add', terms.max, log1p(g, rest)), g.op('Log', raw));
  const { y, doubts } = decided(g, { v, max: terms.max, rest, y: rough, count: 1 }, dtype);
  if (isAsked && doubts !== undefined) outputDoubts(g, doubts);
  g.output('y', y, dtype, ROWS);
  return g.graph;
}

/** da = dy·e^a/(e^a + e^b), and db likewise; 0 at −inf. */
export function logAddExpGrad({ dtype }: LogAddExpVariant): Graph {
  const g = new GraphBuilder();
  const v = pair(g, dtype);
  const dy = g.double('dy', dtype, ROWS);
  const d = shares(g, v, dy, { dtype });
  g.output('da', g.node('Slice', [d, g.ints(0), g.ints(1), g.ints(1)]), dtype, ROWS);
  g.output('db', g.node('Slice', [d, g.ints(1), g.ints(2), g.ints(1)]), dtype, ROWS);
  return g.graph;
}
