import type { FloatType } from '@softmax/core';
import type { GraphBuilder, Value } from '../builder.ts';
import { max } from './row.ts';

/**
 * The power of two to multiply the cotangents of each row by, that neither their differences nor their sums overflow, nor
 * their products with small weights lose digits: what is beyond 2^±900 goes 100 binades towards 1. Only float64 has no
 * room beyond its cotangents.
 */
export function scaleOf(g: GraphBuilder, dy: Value, dtype: FloatType): Value | undefined {
  if (dtype !== 'float64') return undefined;
  const largest = max(g, g.op('Abs', dy));
  const up = g.op('Where', g.op('Less', largest, 2 ** -900), 2 ** 100, 1);
  return g.op('Where', g.op('Greater', largest, 2 ** 900), 2 ** -100, up);
}

export const scaled = (g: GraphBuilder, x: Value, scale: Value | undefined): Value =>
  scale === undefined ? x : g.op('Mul', x, scale);

export const unscaledBy = (g: GraphBuilder, x: Value, scale: Value | undefined): Value =>
  scale === undefined ? x : g.op('Div', x, scale);
