import { Sum } from './sum.ts';

/** The largest value of a row; where it is finite, the smallest one with p > 0 and how far below it the threshold is. */
export interface Threshold {
  readonly max: number;
  readonly low: number;
  readonly drop: number;
}

/**
 * Replaces z by α-entmax, p = u^q, u = s·(z − τ) where that is positive, s = α − 1, q = 1/s, Σ p = 1. A value is in the
 * support if, with the threshold put there, Σ p < 1. Measured from the smallest such value, u = s·(z − low + v), only
 * v > 0 is left to find, and neither a small p nor a large z loses digits.
 *
 * A row without a finite maximum gets 0 at −∞ and NaN elsewhere.
 */
export function entmaxOf(z: Float64Array, alpha: number): Threshold {
  const s = alpha - 1;
  let max = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < z.length && max === max; k++) if (!((z[k] as number) <= max)) max = z[k] as number;
  if (!Number.isFinite(max)) {
    for (let k = 0; k < z.length; k++) z[k] = z[k] === Number.NEGATIVE_INFINITY ? 0 : Number.NaN;
    return { max, low: max, drop: 0 };
  }
  const support = supportOf(z, s, max);
  const low = smallest(support);
  // From above: ‖u‖_q (s ≤ 1) is convex in v and Σ p (s > 1) in p_low, so that Newton's steps never pass the root.
  let v = s > 1 ? 1 : 1 / s - (max - low) - lost(max, -low, max - low);
  let tail = 0;
  for (let last = Number.POSITIVE_INFINITY; ; ) {
    const { excess, step } = measure(support, s, low, v, tail);
    if (!(Math.abs(excess) < last)) break;
    last = Math.abs(excess);
    const next = v + (tail - step);
    tail = next > 0 ? lost(v, tail - step, next) : 0;
    v = Math.max(next, 0);
  }
  measure(z, s, low, v, tail, z);
  return { max, low, drop: s > 1 ? v ** s / s : v };
}

/** The values with p > 0: those at whose place as a threshold Σ p < 1. */
function supportOf(z: Float64Array, s: number, max: number): Float64Array {
  let values = z.filter((x) => s * (x - max) >= -1);
  if (s > 1) {
    values.sort();
    let [from, to] = [0, values.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (measure(values, s, values[middle] as number).excess < 0) to = middle;
      else from = middle + 1;
    }
    return values.subarray(to);
  }
  // Newton's steps from below never pass the threshold either (s = 1: Michelot 1986), and each one drops a value.
  for (;;) {
    const low = smallest(values);
    const { excess, step } = measure(values, s, low);
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
function measure(z: Float64Array, s: number, low: number, v = 0, tail = 0, to?: Float64Array) {
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
          const c = (q / u) * (s * (lost(x, -low, a) + lost(a, v, b) + tail) + lostProduct(s, b, u));
          // c is at most 3·2⁻⁵³·q: its square is lost in all but the largest q.
          more = p * (q > 2 ** 20 ? Math.expm1(c) : c) + (q === 2 ? lostProduct(u, u, p) : 0);
          slope += p / u;
        }
      }
      sum.add(p);
      sum.add(more);
    }
    if (to) to[k] = p + more;
  }
  const excess = sum.value;
  return {
    excess,
    step: s > 1 ? excess / slope : (-Math.expm1(-s * Math.log1p(excess)) * (1 + excess)) / (s * slope),
  };
}

/** a + b − sum, exactly (Knuth's TwoSum). */
function lost(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}

/** a·b − product, to a relative 2⁻⁵³ (Dekker's, with the float32 part of each factor for its upper half). */
function lostProduct(a: number, b: number, product: number): number {
  const [ah, bh] = [Math.fround(a), Math.fround(b)];
  const [al, bl] = [a - ah, b - bh];
  return ah * bh - product + ah * bl + al * bh + al * bl;
}
