import type { LogSum, Problem } from '@softmax/core';
import { ALL, GraphBuilder, ROWS, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { log1p } from './parts/arithmetic.ts';
import { exponentials, parts } from './parts/exponentials.ts';
import { type LogitsVariant, logits } from './parts/logits.ts';
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
}

export const logSumVariant = (p: LogSum, given: { readonly mask?: unknown }): LogSumVariant => ({
  ...logSumExpVariant(p, given),
  mean: p.mean,
});

/** max + log1p(rest), of a mean over c entries log1p((rest − (c − 1))/c); in a row without a distribution the logarithm of 0, +inf or NaN. */
export function logSumExp(variant: LogSumVariant): Graph {
  const g = new GraphBuilder(variant);
  const { x, v, mask } = logits(g, variant);
  const terms = exponentials(g, v, variant);
  const { proper, raw, rest: scaled } = parts(g, terms);
  const rest = unscaled(g, scaled);
  const share = variant.mean ? shareOf(g, rest, mask === undefined ? length(g, x) : allowed(g, mask)) : rest;
  const improper = g.op('Where', g.op('Equal', raw, 0), Number.NEGATIVE_INFINITY, raw);
  const y = g.op('Where', proper, g.op('Add', terms.max, log1p(g, share)), improper);
  g.output('y', y, variant.dtype, ROWS);
  return g.graph;
}

const allowed = (g: GraphBuilder, mask: Value): Value => sum(g, g.cast(mask, g.working), false);

const shareOf = (g: GraphBuilder, rest: Value, count: Value): Value =>
  g.op('Div', g.op('Sub', rest, g.op('Sub', count, 1)), count);

/** dx = dy·p. */
export function logSumExpGrad(variant: LogitsVariant): Graph {
  const g = new GraphBuilder(variant);
  const { v } = logits(g, variant);
  const dy = g.double('dy', variant.dtype, ROWS);
  g.output('dx', shares(g, v, dy, variant), variant.dtype, ALL);
  return g.graph;
}
