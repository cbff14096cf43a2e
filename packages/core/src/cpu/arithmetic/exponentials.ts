import { type Double, productError, sumError } from './double-double.ts';
import { exp, expScaled } from './exp.ts';
import { NOTHING, type Scaled } from './scaled.ts';

/** The other results of `exponentials`. */
export interface Exponentials {
  /** The largest logit, including the sink, and its index: −1 for the sink, or if there is none. */
  readonly max: number;
  readonly at: number;
  /**
   * The sum of all exponentials relative to max except the one at `at`
   * (the sink's own, if the sink is the largest).
   */
  readonly rest: number;
  /** The exponential of the sink. */
  readonly sunk: number;
}

/**
 * Replaces z by e_k = exp((z_k − max)/T). Two corrections keep float64 within 4 ulp for any range
 * of logits and any row length. The rounding error of z_k − max is carried along,
 * exp(s + δ) = exp(s)·(1 + δ), and so is the error of the sum (Knuth's TwoSum).
 * The largest term is exactly 1 and is not part of `rest`, so log Σ e = log1p(rest) is exact near 0
 * (Blanchard, Higham & Higham 2021).
 *
 * @param low the low words of the logits, if float64 is too narrow for them
 *
 * A NaN or +inf gives max = NaN or +inf, a row without a possible entry max = −inf; the rest is
 * then NaN.
 */
export function exponentials(
  z: Float64Array,
  temperature = 1,
  sink: number = Number.NEGATIVE_INFINITY,
  low?: Float64Array,
): Exponentials {
  let max = sink;
  let at = -1;
  for (let k = 0; k < z.length; k++) {
    const v = z[k] as number;
    if (v <= max && !(low && at >= 0 && v === max && (low[k] as number) > (low[at] as number))) continue;
    max = v;
    at = k;
    if (v !== v) break;
  }
  if (!Number.isFinite(max)) {
    z.fill(Number.NaN);
    return { max, at, rest: Number.NaN, sunk: Number.NaN };
  }
  let rest = 0;
  let lost = 0;
  const base = low && at >= 0 ? (low[at] as number) : 0;
  if (at >= 0) z[at] = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < z.length; k++) {
    const v = z[k] as number;
    const s = v - max;
    const back = s - v;
    let delta = v - (s - back) - (max + back);
    if (low) delta += (low[k] as number) - base;
    const e = temperature === 1 ? exp(s, delta) : expOfQuotient(s, delta, temperature, v, max);
    z[k] = e;
    const sum = rest + e;
    const part = sum - rest;
    lost += rest - (sum - part) + (e - part);
    rest = sum;
  }
  if (at >= 0) z[at] = 1;
  const sunk = expOfQuotient(sink - max, -base, temperature, sink, max);
  return { max, at, rest: rest + lost + (at < 0 ? 0 : sunk), sunk };
}

/**
 * exp((s + δ)/T), s + δ = v − max, with the limits T = 0, only the maxima, and T = ∞, all possible
 * entries.
 */
function expOfQuotient(s: number, delta: number, temperature: number, v: number, max: number): number {
  if (v === max && (delta === 0 || temperature === 0)) return 1;
  if (v === Number.NEGATIVE_INFINITY || temperature === 0) return 0;
  if (s > Number.NEGATIVE_INFINITY && temperature >= 2 ** -900 && temperature <= 2 ** 900) {
    // Only δ is left if s is 0.
    const sum = s + delta;
    const q = sum / temperature;
    const product = q * temperature;
    const left = sum - product - productError(q, temperature, product) + sumError(s, delta, sum);
    return exp(q, left / temperature);
  }
  if (temperature === Number.POSITIVE_INFINITY) return 1;
  const { high, low } = quotientOf(s, delta, temperature, v, max);
  return exp(high, low);
}

/** exp((s + δ)/T) as m·2^e, for products with large numbers; `delta` is the low word of v − max. */
export function scaledExponential(v: number, max: number, delta: number, temperature: number): Scaled {
  if (v === max && (delta === 0 || temperature === 0)) return { m: 1, e: 0 };
  if (v === Number.NEGATIVE_INFINITY || temperature === 0) return NOTHING;
  const s = v - max;
  const { high, low } = quotientOf(s, sumError(v, -max, s) + delta, temperature, v, max);
  return expScaled(high, low);
}

/**
 * (s + δ)/T and its rounding error; all three are scaled by a power of two if T or s would leave
 * float64.
 */
function quotientOf(s: number, delta: number, temperature: number, v: number, max: number): Double {
  const far = s === Number.NEGATIVE_INFINITY;
  const half = v / 2 - max / 2;
  const unit = temperature > 2 ** 900 ? 2 ** -200 : temperature < 2 ** -900 ? 2 ** 200 : 1;
  const term = unit * (far ? half : s);
  const beyond = unit * (far ? sumError(v / 2, -max / 2, half) : delta);
  const t = unit * (far ? temperature / 2 : temperature);
  // Only δ is left if s is 0.
  const sum = term + beyond;
  const q = sum / t;
  const product = q * t;
  const left = sum - product - productError(q, t, product) + sumError(term, beyond, sum);
  return { high: q, low: left / t };
}
