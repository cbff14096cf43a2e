import type { LogSum, Problem } from '@softmax/core';
import { ALL, GraphBuilder, ROWS, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { log1p } from './parts/arithmetic.ts';
import { exponentials, parts } from './parts/exponentials.ts';
import { type LogitsVariant, logits } from './parts/logits.ts';
import { decided, outputDoubts } from './parts/near-one.ts';
import { length, sum } from './parts/row.ts';
import { shares } from './parts/shares.ts';
import { unscaled } from './parts/single-functions.ts';

export const logSumExpVariant = ({ dtype }: Problem, given: { readonly mask?: unknown }): LogitsVariant => ({
  dtype,
  mask: given.mask !== undefined,
});

/** Log-sum-exp, or log-mean-exp. */
export interface LogSumVariant extends LogitsVariant {
  readonly mean: boolean;
  readonly doubts: boolean;
}

export const logSumVariant = (
  p: LogSum & { readonly doubts?: boolean },
  given: { readonly mask?: unknown },
): LogSumVariant => ({
  ...logSumExpVariant(p, given),
  mean: p.mean,
  doubts: p.doubts ?? false,
});

/** max + log1p(rest), of a mean over c entries log((1 + rest)/c); in a row without a distribution the logarithm of 0, +inf or NaN. */
export function logSumExp(variant: LogSumVariant): Graph {
  const g = new GraphBuilder(variant);
  const { x, v, mask } = logits(g, variant);
  const terms = exponentials(g, v, variant);
  const { proper, raw, rest: scaled } = parts(g, terms);
  const rest = unscaled(g, scaled);
  const count = variant.mean ? (mask === undefined ? length(g, x) : allowed(g, mask)) : 1;
  const own = variant.mean ? logOfMean(g, rest, count) : log1p(g, rest);
  const improper = g.op('Where', g.op('Equal', raw, 0), Number.NEGATIVE_INFINITY, raw);
  const rough = g.op('Where', proper, g.op('Add', terms.max, own), improper);
  const { y, doubts } = decided(g, { v, max: terms.max, rest, y: rough, count }, variant.dtype);
  if (variant.doubts && doubts !== undefined) outputDoubts(g, doubts);
  g.output('y', y, variant.dtype, ROWS);
  return g.graph;
}

const allowed = (g: GraphBuilder, mask: Value): Value => sum(g, g.cast(mask, g.working), false);

/** log((1 + rest)/c) as log1p of the difference from 1, or below ½ as −log1p of that of the inverse: nothing cancels. */
function logOfMean(g: GraphBuilder, rest: Value, count: Value): Value {
  const less = g.op('Div', g.op('Sub', rest, g.op('Sub', count, 1)), count);
  const more = g.op('Sub', g.op('Div', count, g.op('Add', 1, rest)), 1);
  const near = g.op('Greater', less, -0.5);
  const log = log1p(g, g.op('Where', near, less, more));
  return g.op('Where', near, log, g.op('Neg', log));
}

/** dx = dy·p. */
export function logSumExpGrad(variant: LogitsVariant): Graph {
  const g = new GraphBuilder(variant);
  const { v } = logits(g, variant);
  const dy = g.double('dy', variant.dtype, ROWS);
  g.output('dx', shares(g, v, dy, variant), variant.dtype, ALL);
  return g.graph;
}
