import type { FloatType, Level } from '@softmax/core';
import type { Expected } from '../oracle/expected.ts';
import { Mismatch, type RowError } from '../plan/check.ts';
import { FORMATS, ulpOf } from './float.ts';
import { allowed, LEVELS } from './tolerance.ts';

/**
 * The result of a comparison: the strictest level that every value reaches, and the worst error.
 */
export interface Measure {
  readonly level: Level;
  readonly ulp: number;
  /** The worst error of each dtype and row length that was compared. */
  readonly errors: readonly RowError[];
}

export interface Standard {
  readonly level: Level;
  /** The level of float64 values. Default: `level`. */
  readonly float64?: Level;
  /**
   * Requires that results below the smallest normal number are not flushed; S2 and S3 always
   * require it.
   */
  readonly subnormals: boolean;
}

/** Returns the required level of a type. */
export const levelFor = (dtype: FloatType, { level, float64 = level }: Standard): Level =>
  dtype === 'float64' ? float64 : level;

/**
 * Compares element by element. Fails at the element that exceeds its tolerance most.
 *
 * @param start the index of the first element in its result, if only a part is compared
 */
export function judge(
  got: ArrayLike<number>,
  expected: Expected,
  standard: Standard,
  where = '',
  start = 0,
): Measure {
  const { values, dtype } = expected;
  if (got.length !== values.length)
    throw new Error(`${where}expected ${values.length} values, got ${got.length}`);
  // A backend that reaches a level reaches the levels below it.
  let reached = 0;
  const level = levelFor(dtype, standard);
  const asked = LEVELS.indexOf(level);
  let [ulp, kept, flushed] = [0, 0, false];
  let worst = 0;
  let at = -1;
  for (let k = 0; k < values.length; k++) {
    const error = distance(got[k] as number, expected, k);
    if (error === 0) continue;
    while (reached < LEVELS.length && !within(error, got[k] as number, expected, k, reached, standard))
      reached++;
    const units = error / unitOf(expected, k);
    ulp = Math.max(ulp, units);
    // A value that rounds to 0 is not flushed.
    if (units > 0.5 && flushes(got[k] as number, expected, k, standard)) flushed = true;
    else kept = Math.max(kept, units);
    if (reached <= asked || within(error, got[k] as number, expected, k, asked, standard)) continue;
    const excess = error / Math.max(allowed(expected, k, level), FORMATS[dtype].tiny);
    if (at >= 0 && !(excess > worst)) continue;
    worst = excess;
    at = k;
  }
  const errors = [{ dtype, n: expected.n, ulp, ...(flushed && { kept }) }];
  if (at < 0) return { level: LEVELS[reached] ?? 'S1', ulp, errors };
  throw mismatch(got[at] as number, expected, at, level, where, start);
}

/** The error of element k in ulp. */
export const errorOf = (got: number, expected: Expected, k: number): number =>
  distance(got, expected, k) / unitOf(expected, k);

/** One ulp of the value; for a sum of terms, of its largest term. */
function unitOf({ values, largest, dtype, quantity }: Expected, k: number): number {
  const terms = quantity === 'sparse' ? 0 : (largest[k] as number);
  return ulpOf(Math.max(Math.abs(values[k] as number), terms), dtype);
}

/** |got − exact|; 0 if both are NaN, or the same infinity. */
function distance(got: number, { values, beyond, dtype }: Expected, k: number): number {
  const value = values[k] as number;
  if (got === value || (got !== got && value !== value)) return Math.abs(beyond[k] as number);
  const { max, eps } = FORMATS[dtype];
  // A value that rounds beyond the largest number is infinite.
  if (got === Math.sign(value) * Number.POSITIVE_INFINITY && Math.abs(value) >= max * (1 + eps / 8)) return 0;
  const error = Math.abs(got - value - (beyond[k] as number));
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}

function within(
  error: number,
  got: number,
  expected: Expected,
  k: number,
  index: number,
  standard: Standard,
): boolean {
  const level = LEVELS[index] as Level;
  if (error <= allowed(expected, k, level)) return true;
  return level === 'S1' && flushes(got, expected, k, standard);
}

/**
 * Returns true if a result below the smallest normal number is 0, from a backend that may flush it.
 */
function flushes(got: number, { values, dtype }: Expected, k: number, { subnormals }: Standard): boolean {
  const { eps, tiny } = FORMATS[dtype];
  return !subnormals && got === 0 && Math.abs(values[k] as number) < tiny / eps;
}

function mismatch(
  got: number,
  expected: Expected,
  k: number,
  level: Level,
  where: string,
  start: number,
): Mismatch {
  const value = expected.values[k] as number;
  const unit = unitOf(expected, k);
  const error = errorOf(got, expected, k);
  const { dtype, n } = expected;
  return new Mismatch(
    { index: start + k, expected: value, got, ulp: error, dtype, n },
    allowed(expected, k, level) / unit,
    `(${level})${where && ` in ${where}`}`,
  );
}

/** Merges several comparisons. */
export function worst(measures: readonly Measure[]): Measure {
  return {
    level: LEVELS.findLast((level) => measures.some((measure) => measure.level === level)) ?? 'S3',
    ulp: measures.reduce((most, { ulp }) => Math.max(most, ulp), 0),
    errors: worstByRow(measures.flatMap(({ errors }) => errors)),
  };
}

/** The worst error of each dtype and row length, from the shortest row. */
export function worstByRow(errors: readonly RowError[]): readonly RowError[] {
  const found = new Map<string, RowError>();
  for (const each of errors) {
    const key = `${each.dtype} ${each.n}`;
    const before = found.get(key);
    found.set(key, before ? worse(before, each) : each);
  }
  return [...found.values()].sort((a, b) => a.dtype.localeCompare(b.dtype) || a.n - b.n);
}

function worse(a: RowError, b: RowError): RowError {
  const { dtype, n, ulp } = a.ulp >= b.ulp ? a : b;
  if (a.kept === undefined && b.kept === undefined) return { dtype, n, ulp };
  return { dtype, n, ulp, kept: Math.max(a.kept ?? a.ulp, b.kept ?? b.ulp) };
}
