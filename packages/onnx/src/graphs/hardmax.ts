import { ALL, GraphBuilder } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { type LogitsVariant, logits, masked } from './parts/logits.ts';
import { any, argMax, isAt, isImpossible, max } from './parts/row.ts';

/**
 * 1 at the first maximum; a row with a NaN, or without a possible entry, is NaN except at its
 * masked entries.
 */
export function hardmax(variant: LogitsVariant): Graph {
  const g = new GraphBuilder(variant);
  const { v, mask } = logits(g, variant);
  const empty = isImpossible(g, max(g, v));
  const lost = g.op('Or', any(g, g.op('IsNaN', v)), empty);
  const chosen = g.cast(isAt(g, v, g.cast(argMax(g, v), 'int32')), g.working);
  const y = g.op('Where', lost, Number.NaN, chosen);
  g.output('y', masked(g, mask, y, 0), variant.dtype, ALL);
  return g.graph;
}
