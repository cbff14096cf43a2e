import type { Problem } from '@softmax/core';
import { ALL, GraphBuilder, ROWS } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { log1p } from './arithmetic.ts';
import { exponentials, parts, total } from './exponentials.ts';
import { type LogitsVariant, logits } from './logits.ts';

export const logSumExpVariant = ({ dtype }: Problem, given: { readonly mask?: unknown }): LogitsVariant => ({
  dtype,
  mask: given.mask !== undefined,
});

/** max + log1p(rest); in a row without a distribution the logarithm of 0, +inf or NaN. */
export function logSumExp(variant: LogitsVariant): Graph {
  const g = new GraphBuilder('logSumExp');
  const terms = exponentials(g, logits(g, variant).v, variant);
  const { proper, raw, rest } = parts(g, terms);
  const y = g.op('Where', proper, g.op('Add', terms.max, log1p(g, rest)), g.op('Log', raw));
  g.output('y', y, variant.dtype, ROWS);
  return g.graph;
}

/** dx = dy·p. */
export function logSumExpGrad(variant: LogitsVariant): Graph {
  const g = new GraphBuilder('logSumExpGrad');
  const { v } = logits(g, variant);
  const dy = g.double('dy', variant.dtype, ROWS);
  const terms = exponentials(g, v, variant);
  const p = g.op('Div', terms.e, total(g, terms).total);
  const dx = g.op('Where', g.op('Equal', v, Number.NEGATIVE_INFINITY), 0, g.op('Mul', p, dy));
  g.output('dx', dx, variant.dtype, ALL);
  return g.graph;
}
