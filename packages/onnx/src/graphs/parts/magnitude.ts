import type { FloatType } from '@softmax/core';
import type { GraphBuilder, Value } from '../../model/builder.ts';
import { finite, max } from './row.ts';

/** Larger values need a unit; 100 binades towards 1 are enough. */
const LARGE = 2 ** 900;
const DOWN = 2 ** -100;

/**
 * A power of two that brings cotangents beyond 2^±900 100 binades closer to 1, so that their
 * differences and sums do not overflow and their products with small weights lose no digits. Only
 * float64 has no wider type for its cotangents.
 */
export function unitOf(g: GraphBuilder, dy: Value, dtype: FloatType): Value | undefined {
  if (dtype !== 'float64') return undefined;
  const size = g.op('Abs', dy);
  const up = g.op('Where', g.op('Less', size, 1 / LARGE), 1 / DOWN, 1);
  return g.op('Where', g.op('Greater', size, LARGE), DOWN, up);
}

/** The largest |dy| of each row in float64; non-finite values are ignored. */
export const largestOf = (g: GraphBuilder, dy: Value, dtype: FloatType): Value | undefined =>
  dtype === 'float64' ? max(g, g.op('Abs', finite(g, dy))) : undefined;

/** The unit of each row. */
export function scaleOf(g: GraphBuilder, dy: Value, dtype: FloatType): Value | undefined {
  const largest = largestOf(g, dy, dtype);
  return largest === undefined ? undefined : unitOf(g, largest, dtype);
}

export const scaled = (g: GraphBuilder, x: Value, scale: Value | undefined): Value =>
  scale === undefined ? x : g.op('Mul', x, scale);

export const unscaledBy = (g: GraphBuilder, x: Value, scale: Value | undefined): Value =>
  scale === undefined ? x : g.op('Div', x, scale);

/** The units of rows, `[outer, 1]`, and the least of them, in which sums over the rows are. */
export interface Units {
  readonly rows: Value;
  readonly least: Value;
}

export const unitsOf = (g: GraphBuilder, rows: Value | undefined): Units | undefined =>
  rows === undefined ? undefined : { rows, least: g.node('ReduceMin', [rows], { keepdims: 0 }) };

/** Terms in the units of their rows in the least of all. */
export const inLeast = (g: GraphBuilder, x: Value, units: Units | undefined): Value =>
  units === undefined ? x : g.op('Mul', x, g.op('Div', units.least, units.rows));
