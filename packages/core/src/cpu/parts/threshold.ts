import type { FloatType } from '../../layout/dtype.ts';
import {
  type Double,
  double,
  over,
  plus,
  productError,
  sumError,
  times,
} from '../arithmetic/double-double.ts';
import { type Measured, measureExactly, powerTo, stepOf } from '../arithmetic/exact-threshold.ts';
import { Sum } from '../arithmetic/sum.ts';
import { isInside, solveWidely } from '../arithmetic/wide-threshold.ts';

/**
 * The largest value of a row; if it is finite, also the smallest value with p > 0 and the distance
 * of the threshold below it.
 */
export interface Threshold {
  readonly max: number;
  readonly low: number;
  readonly drop: Double;
}

/**
 * Replaces z by α-entmax, p = u^q, u = s·(z − τ) if that is positive, s = α − 1, q = 1/s, Σ p = 1.
 * A value is in the support if Σ p < 1 with the threshold at that value. Relative to the smallest
 * such value, u = s·(z − low + v). Only v > 0 is unknown, and neither a small p nor a large z loses
 * digits.
 *
 * An error δ of Σ p changes the smallest p, relatively, by δ/u_low for s ≤ 1, and by δ/p_low for
 * s > 1. So the threshold is computed in float64, in double-double, or with as many bits as
 * necessary.
 *
 * A row without a finite maximum gets 0 at −∞ and NaN elsewhere.
 *
 * @param tolerance the allowed relative error of a probability
 */
export function entmaxOf(z: Float64Array, alpha: number, tolerance: number): Threshold {
  const s = alpha - 1;
  let max = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < z.length && max === max; k++) if (!((z[k] as number) <= max)) max = z[k] as number;
  if (!Number.isFinite(max)) {
    for (let k = 0; k < z.length; k++) z[k] = z[k] === Number.NEGATIVE_INFINITY ? 0 : Number.NaN;
    return { max, low: max, drop: double(0) };
  }
  const support = supportOf(z, alpha, max);
  const low = smallest(support);
  const isCertain = (v: Double, error: number) => Math.min(s, 1) * v.high * tolerance > error;
  // From above: ‖u‖_q (s ≤ 1) is convex in v and Σ p (s > 1) in p_low, so Newton's steps never pass
  // the root.
  let v = double(s > 1 ? 1 : 1 / s - (max - low) - sumError(max, -low, max - low));
  for (let last = Number.POSITIVE_INFINITY; ; ) {
    const { excess, step } = measure(support, s, low, v);
    if (!(Math.abs(excess) < last)) break;
    last = Math.abs(excess);
    v = stepped(v, step);
    if (Math.abs(step) <= Math.min(s, 1) * v.high * 2 ** -60) break;
  }
  if (isCertain(v, errorOf(s, support.length))) {
    measure(z, s, low, v, z);
    return { max, low, drop: dropOf(v, s, tolerance) };
  }
  if (!isClosed(s)) {
    // After a step, a relative error ε of p becomes ε².
    for (let turn = 0; turn < 60; turn++) {
      const { step } = measureExactly(support, s, low, v);
      v = stepped(v, step);
      if (Math.abs(step) <= Math.min(s, 1) * v.high * 2 ** -32) break;
    }
    if (isCertain(v, EXACT * support.length)) {
      measureExactly(z, s, low, v, z);
      return { max, low, drop: dropOf(v, s, tolerance) };
    }
  }
  return { max, low, drop: solveWidely(z, alpha, low, v.high) };
}

/** u = s·(x − τ), negative outside the support. */
export const baseOf = (x: number, { low, drop }: Threshold, s: number): Double =>
  times(double(s), plus(plus(double(x), double(-low)), drop));

/** p^{α − 1} of p > 0: u, which for α = 1.5 and 2 follows from p itself. */
export function raisedTo(p: number, x: number, threshold: Threshold, alpha: number): number {
  if (alpha === 2) return p;
  return alpha === 1.5 ? Math.sqrt(p) : baseOf(x, threshold, alpha - 1).high;
}

/**
 * The error of a probability in addition to its rounding: a quarter of an ulp of float64, far less
 * in the other types.
 */
export const toleranceOf = (dtype: FloatType): number => (dtype === 'float64' ? 2 ** -54 : 2 ** -31);

/** The error of Σ p in double-double, for each term. */
const EXACT = 2 ** -102;
/** Powers computed as products: their rounding errors are carried. */
const isClosed = (s: number): boolean => s === 1 || s === 0.5;
const errorOf = (s: number, count: number): number => (isClosed(s) ? 2 ** -103 * count : 2 ** -50);

/** v, or p_low^s/s with as many digits as p has: s may be large. */
function dropOf(v: Double, s: number, tolerance: number): Double {
  if (s <= 1) return v;
  return tolerance > 2 ** -32 ? double(v.high ** s / s) : over(powerTo(v, double(s)), double(s));
}

function stepped(v: Double, step: number): Double {
  const next = plus(v, double(-step));
  return next.high > 0 ? next : double(0);
}

/** The values with p > 0: values at which Σ p < 1 as the threshold. */
function supportOf(z: Float64Array, alpha: number, max: number): Float64Array {
  const s = alpha - 1;
  let values = z.filter((x) => s * (x - max) >= -1);
  const from = (low: number): Measured => {
    const rough = measure(values, s, low);
    const error = 64 * values.length * errorOf(s, values.length);
    if (Math.abs(rough.excess) > error || isExact(values, s, low)) return rough;
    const exact = isClosed(s) ? rough : measureExactly(values, s, low, double(0));
    if (Math.abs(exact.excess) > 64 * values.length * EXACT) return exact;
    return { excess: isInside(values, alpha, low) ? -1 : 0, step: 0 };
  };
  if (s > 1) {
    values.sort();
    let [first, last] = [0, values.length - 1];
    while (first < last) {
      const middle = (first + last) >> 1;
      if (from(values[middle] as number).excess < 0) last = middle;
      else first = middle + 1;
    }
    return values.subarray(last);
  }
  // Newton's steps from below never pass the threshold either (s = 1: Michelot 1986), and each one
  // removes a value.
  for (;;) {
    const low = smallest(values);
    const { excess, step } = from(low);
    if (excess < 0) return values;
    const least = low + (step * (1 - 2 ** -46) - errorOf(s, values.length));
    values = values.filter((x) => x > low && x >= least);
  }
}

/**
 * Returns true if Σ p − 1 with the threshold at `low` has no rounding error: powers of 0 and 1, or
 * products that fit.
 */
function isExact(z: Float64Array, s: number, low: number): boolean {
  let sum = -1;
  for (const x of z) {
    if (x <= low) continue;
    const a = x - low;
    const u = s * a;
    const p = s === 0.5 ? u * u : u;
    const next = sum + p;
    const lost = sumError(x, -low, a) || productError(s, a, u) || sumError(sum, p, next);
    if (lost || (s === 0.5 ? productError(u, u, p) : s !== 1 && u !== 1)) return false;
    sum = next;
  }
  return true;
}

const smallest = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b));

/**
 * Σ p − 1 over the values from `low` on, and Newton's step for v; writes the probabilities to `to`.
 * For s > 1 the unknown v is p_low itself, u = s·(z − low) + v^s, because u underflows for large s.
 * For s ≤ 1, p = u^q enlarges an error by q, so u carries its rounding error e: p ≈ u^q·exp(q·e/u).
 */
function measure(
  z: Float64Array,
  s: number,
  low: number,
  from: Double = double(0),
  to?: Float64Array,
): Measured {
  const { high: v, low: tail } = from;
  const q = 1 / s;
  const vs = v ** s;
  const ratio = v > 0 ? vs / v : 0;
  const sum = new Sum();
  sum.add(-1);
  let slope = 0;
  for (let k = 0; k < z.length; k++) {
    const x = z[k] as number;
    let p = 0;
    let more = 0;
    if (x >= low) {
      const a = x - low;
      if (s > 1) {
        const u = s * a + vs;
        p = a === 0 ? v : u ** q;
        slope += a === 0 ? 1 : (p / u) * ratio;
      } else {
        const b = a + v;
        const u = s * b;
        if (u > 0) {
          p = q === 1 ? u : q === 2 ? u * u : u ** q;
          // Not (q/u)·e: of a subnormal u that is ∞·0.
          const e = s * (sumError(x, -low, a) + sumError(a, v, b) + tail) + productError(s, b, u);
          const c = (q * e) / u;
          // c is at most 3·2⁻⁵³·q: its square is lost in all but the largest q.
          more = p * (q > 2 ** 20 ? Math.expm1(c) : c) + (q === 2 ? productError(u, u, p) : 0);
          slope += p / u;
        }
      }
      sum.add(p);
      sum.add(more);
    }
    if (to) to[k] = p + more;
  }
  return { excess: sum.value, step: stepOf(s, sum.value, slope) };
}
