import { type Double, double, plus, productError, sumError } from '../arithmetic/double-double.ts';
import { type Measured, measureExactly, stepOf } from '../arithmetic/exact-threshold.ts';
import { Sum } from '../arithmetic/sum.ts';

/** The largest value of a row; where it is finite, the smallest one with p > 0 and how far below it the threshold is. */
export interface Threshold {
  readonly max: number;
  readonly low: number;
  readonly drop: Double;
}

/**
 * Replaces z by α-entmax, p = u^q, u = s·(z − τ) where that is positive, s = α − 1, q = 1/s, Σ p = 1. A value is in the
 * support if, with the threshold put there, Σ p < 1. Measured from the smallest such value, u = s·(z − low + v), only
 * v > 0 is left to find, and neither a small p nor a large z loses digits.
 *
 * A row without a finite maximum gets 0 at −∞ and NaN elsewhere.
 *
 * @param beyond where a power is to be exact in float64 (α = 1.5 and 2 always are): takes what p has beyond z
 */
export function entmaxOf(z: Float64Array, alpha: number, beyond?: Float64Array): Threshold {
  const s = alpha - 1;
  let max = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < z.length && max === max; k++) if (!((z[k] as number) <= max)) max = z[k] as number;
  if (!Number.isFinite(max)) {
    for (let k = 0; k < z.length; k++) z[k] = z[k] === Number.NEGATIVE_INFINITY ? 0 : Number.NaN;
    return { max, low: max, drop: double(0) };
  }
  const support = supportOf(z, s, max, beyond !== undefined);
  const low = smallest(support);
  // From above: ‖u‖_q (s ≤ 1) is convex in v and Σ p (s > 1) in p_low, so that Newton's steps never pass the root.
  let v = double(s > 1 ? 1 : 1 / s - (max - low) - sumError(max, -low, max - low));
  for (let last = Number.POSITIVE_INFINITY; ; ) {
    const { excess, step } = measure(support, s, low, v);
    if (!(Math.abs(excess) < last)) break;
    last = Math.abs(excess);
    v = stepped(v, step);
  }
  if (!beyond) measure(z, s, low, v, z);
  else {
    // From 16 digits to 32.
    for (let k = 0; k < 2; k++) v = stepped(v, measureExactly(support, s, low, v).step);
    measureExactly(z, s, low, v, { p: z, beyond });
  }
  return { max, low, drop: s > 1 ? double(v.high ** s / s) : v };
}

function stepped(v: Double, step: number): Double {
  const next = plus(v, double(-step));
  return next.high > 0 ? next : double(0);
}

/** The values with p > 0: those at whose place as a threshold Σ p < 1. */
function supportOf(z: Float64Array, s: number, max: number, exact: boolean): Float64Array {
  let values = z.filter((x) => s * (x - max) >= -1);
  const from = (low: number): Measured => {
    const rough = measure(values, s, low);
    return exact && Math.abs(rough.excess) < 1e-9 ? measureExactly(values, s, low, double(0)) : rough;
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
  // Newton's steps from below never pass the threshold either (s = 1: Michelot 1986), and each one drops a value.
  for (;;) {
    const low = smallest(values);
    const { excess, step } = from(low);
    if (excess < 0) return values;
    const least = low + step * (1 - 2 ** -48);
    values = values.filter((x) => x > low && x >= least);
  }
}

const smallest = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b));

/**
 * Σ p − 1 over the values from `low` on, and Newton's step for v; the probabilities go into `to`.
 * For s > 1 the unknown v is p_low itself, u = s·(z − low) + v^s: its own u underflows where s is large.
 * For s ≤ 1, where p = u^q makes an error q times as large, u carries its rounding error e: p ≈ u^q·exp(q·e/u).
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
