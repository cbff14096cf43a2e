import { madd64 } from './simd';

/** Exponentials of float64 are kept times 2^200, so that what is smaller by e^−746 is still a normal number. */
export const RAISED: f64 = 1.6069380442589903e60;
export const LOWERED: f64 = 6.223015277861142e-61;
const BIAS: i64 = 200;
/** Adding it rounds to an integer, which then stands in the low bits (1.5·2⁵²). */
const ROUND: f64 = 6755399441055744;

/** log2 e, ln 2 in two pieces (33 bits and the rest), and 1/13! … 1/2!, the Taylor polynomial: remainder 2⁻⁵⁸. */
const TABLE: usize = memory.data<f64>([
  1.4426950408889634, 0.6931471803691238, 1.9082149292705877e-10,
  1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
  1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5,
]);

/** t₀ + t₁·r + (t₂ + t₃·r)·r², of the table's values at these places. */
@inline function quarter(t0: usize, t1: usize, t2: usize, t3: usize, r: v128, r2: v128): v128 {
  const low = madd64(r, v128.load64_splat(TABLE + t1), v128.load64_splat(TABLE + t0));
  const high = madd64(r, v128.load64_splat(TABLE + t3), v128.load64_splat(TABLE + t2));
  return madd64(r2, high, low);
}

/** e^r − 1 of two values, |r| < 0.35: three pieces side by side (Estrin's scheme), which do not wait for each other. */
@inline function nearOne(r: v128): v128 {
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const c = quarter(112, 104, 96, 88, r, r2);
  const d = quarter(80, 72, 64, 56, r, r2);
  const e = quarter(48, 40, 32, 24, r, r2);
  return f64x2.add(r, f64x2.mul(r2, madd64(r4, madd64(r4, e, d), c)));
}

/** exp(s + δ)·2^200 of two values s ≤ 0; 0 below −746, and where s is −∞, whatever δ is. */
@inline export function raisedExp(s: v128, delta: v128): v128 {
  const round = f64x2.splat(ROUND);
  const possible = f64x2.ge(s, f64x2.splat(-746));
  const j = f64x2.add(f64x2.mul(s, v128.load64_splat(TABLE)), round);
  const k = f64x2.sub(j, round);
  let r = f64x2.sub(s, f64x2.mul(k, v128.load64_splat(TABLE, 8)));
  r = f64x2.add(f64x2.sub(r, f64x2.mul(k, v128.load64_splat(TABLE, 16))), delta);
  const p = f64x2.add(f64x2.splat(1), nearOne(r));
  const raised = i64x2.add(p, i64x2.shl(i64x2.add(j, i64x2.splat(BIAS)), 52));
  return v128.and(raised, possible);
}

/** The rounding error of q·t (Dekker 1971). */
@inline function productError(q: f64, t: f64, product: f64): f64 {
  const a = q * 134217729;
  const qh = a - (a - q);
  const b = t * 134217729;
  const th = b - (b - t);
  return (q - qh) * (t - th) - (product - qh * th - (q - qh) * th - qh * (t - th));
}

/** exp((s + δ)/T)·2^200, s + δ = v − max ≤ 0, with the limits T = 0, only the maxima, and T = ∞, all that is possible. */
export function raisedExpOfQuotient(v: f64, max: f64, t: f64): f64 {
  if (v == max) return RAISED;
  if (v == -Infinity || t == 0) return 0;
  if (t == Infinity) return RAISED;
  const s = v - max;
  if (s == -Infinity || t > LARGE || t < 1 / LARGE) {
    const q = quotient(v, max, t);
    return q < -746 ? 0 : raised(q, lost);
  }
  const back = s - v;
  const delta = v - (s - back) - (max + back);
  const q = s / t;
  if (q < -746) return 0;
  const product = q * t;
  return raised(q, (s - product - productError(q, t, product) + delta) / t);
}

/** Beyond its inverse and itself, products with T are scaled. */
const LARGE: f64 = 1e270;
/** What the last quotient lost in rounding. */
export let lost: f64 = 0;

/** (v − max)/T; where the difference or a product leaves float64, all are scaled by a power of two. */
export function quotient(v: f64, max: f64, t: f64): f64 {
  let s = v - max;
  if (s == -Infinity) {
    v *= 0.5;
    max *= 0.5;
    t *= 0.5;
    s = v - max;
  }
  const back = s - v;
  let delta = v - (s - back) - (max + back);
  const unit = t > LARGE ? LOWERED : t < 1 / LARGE ? RAISED : 1;
  s *= unit;
  delta *= unit;
  t *= unit;
  const q = s / t;
  const product = q * t;
  lost = (s - product - productError(q, t, product) + delta) / t;
  return q;
}

/** The same of one value. */
export function raised(s: f64, delta: f64): f64 {
  return f64x2.extract_lane(raisedExp(f64x2.splat(s), f64x2.splat(delta)), 0);
}

/** exp(x); what is beyond float64 is 0 or ∞. */
export function exp64(x: f64): f64 {
  return x > 0 ? 1 / exp64(-x) : raised(x, 0) * LOWERED;
}

/** exp(x) − 1, with all its digits near 0. */
export function expm1(x: f64): f64 {
  return Math.abs(x) < 0.34 ? f64x2.extract_lane(nearOne(f64x2.splat(x)), 0) : exp64(x) - 1;
}

/**
 * log u of u ≥ 0, of which u − 1 is given with all its digits: u = 2^k·(1 + f), 1 + f in [√½, √2), t = f/(2 + f), and
 * log(1 + f) = 2·artanh t = f − f²/2 + t·(f²/2 + R), R = 2t²/3 + 2t⁴/5 + … + 2t²⁰/21: what is left out is below 2⁻⁵⁸.
 */
export function logOf(u: f64, beyond: f64): f64 {
  if (u == 0) return -Infinity;
  if (!(u < Infinity)) return u;
  const small = u < 2.2250738585072014e-308;
  const bits = reinterpret<i64>(small ? u * 18014398509481984 : u);
  const exponent = (bits - 0x3fe6a09e667f3bcd) >> 52;
  const f = exponent == 0 ? beyond : reinterpret<f64>(bits - (exponent << 52)) - 1;
  const k = <f64>exponent - (small ? 54 : 0);
  const half = 0.5 * f * f;
  const t = f / (2 + f);
  const z = t * t;
  const w = z * z;
  const even = 2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21))));
  const odd = 2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19))));
  return k * 0.6931471803691238 - (half - (t * (half + z * odd + w * even) + k * 1.9082149292705877e-10) - f);
}

/** log(1 + x), x > −1. */
export function log1p(x: f64): f64 {
  return logOf(1 + x, x);
}

/** tanh x = −m/(2 + m), m = e^{−2|x|} − 1, with the sign of x. */
export function tanh(x: f64): f64 {
  const m = expm1(-2 * Math.abs(x));
  return (x < 0 ? m : -m) / (2 + m);
}

/** sech²(v/c) = 4e/(1 + e)², e = exp(−2|v|/c): the slope of c·tanh(v/c). */
export function slopeOfCap(v: f64, cap: f64): f64 {
  const e = exp64(-2 * Math.abs(v / cap));
  return (4 * e) / ((1 + e) * (1 + e));
}
