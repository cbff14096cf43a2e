import { madd } from './simd';
import { C0, C1, C2, C3, C4, C5, C6, LN2_HIGH, LN2_LOW, LOG2E, REACH, TEMPERATURE, W6 } from './workspace';

/** Adding it rounds to an integer, which then stands in the low bits (1.5·2²³). */
export const ROUND: f32 = 12582912;
/** Exponentials are kept times 2^BIAS, so that what is smaller by e^−108 is still a normal number. */
export const BIAS: i32 = 60;

/**
 * The constants of exp(x/T) = 2^k·p(r): k = ⌊x/(T ln 2)⌉, r = x − k·T ln 2 in two pieces, the first of 12 bits so that
 * k·HIGH is exact; p(r) = exp(r/T) by a polynomial of degree 6 with coefficients cᵢ/Tⁱ. x itself is reduced: no
 * rounding of x − max, and the factor 2^(BIAS − K) that is common to a row is folded into the rounding constant.
 */
export function constants(w: usize, t: f32): void {
  const T = <f64>t;
  const ln2 = 0.6931471805599453 * T;
  const high = reinterpret<f32>(reinterpret<u32>(<f32>ln2) & 0xfffff000);
  const u = 1 / T;
  const u2 = u * u;
  const u4 = u2 * u2;
  store<f32>(w, <f32>(-1.4426950408889634 * u), LOG2E);
  store<f32>(w, high, LN2_HIGH);
  store<f32>(w, <f32>(ln2 - <f64>high), LN2_LOW);
  store<f32>(w, <f32>(0.0013933643931522965 * u4 * u2), C6);
  store<f32>(w, <f32>(0.008363175205886364 * u4 * u), C5);
  store<f32>(w, <f32>(0.04166646674275398 * u4), C4);
  store<f32>(w, <f32>(0.16666576266288757 * u2 * u), C3);
  store<f32>(w, <f32>(0.5 * u2), C2);
  store<f32>(w, <f32>u, C1);
  store<f32>(w, 1, C0);
  store<f32>(w, <f32>(108 * T), REACH);
  store<f32>(w, t, TEMPERATURE);
  for (let c = C6; c <= C0; c += 4) store<f32>(w + c, load<f32>(w + c) * <f32>9223372036854775808.0, W6 - C6);
}

/** The exponent K = ⌊max/(T ln 2)⌉ of a block: what its exponentials are relative to. */
@inline export function exponentOf(w: usize, max: f32): i32 {
  return -<i32>nearest(max * load<f32>(w, LOG2E));
}

/** −k, k = ⌊x/(T ln 2)⌉ of four values, as the low bits of `round` − k. */
@inline export function exponentsOf(x: v128, log2e: v128, round: v128): v128 {
  return madd(log2e, x, round);
}

/** 2^(k − what `round` adds)·p(r) of four values. */
@inline export function expOf(
  x: v128, exponents: v128, round: v128, high: v128, low: v128,
  c6: v128, c5: v128, c4: v128, c3: v128, c2: v128, c1: v128, c0: v128,
): v128 {
  const k = f32x4.sub(exponents, round);
  const r = madd(k, low, madd(k, high, x));
  let p = madd(c6, r, c5);
  p = madd(p, r, c4);
  p = madd(p, r, c3);
  p = madd(p, r, c2);
  p = madd(p, r, c1);
  p = madd(p, r, c0);
  return i32x4.sub(p, i32x4.shl(exponents, 23));
}

/** 2^k, 0 for what is too small for float64 to matter. */
@inline export function power(k: i32): f64 {
  return k < -1022 ? 0 : reinterpret<f64>(<u64>(k + 1023) << 52);
}
