// Numbers m·2^e on the way to results that float64 has, themselves out of its range or among its subnormals.

import { LOWERED, lost, quotient, raised } from './double-exp';

/** The exponent e of the last number; its m is what each function returns. */
export let exponent: i32 = 0;

export function setExponent(e: i32): void {
  exponent = e;
}

/** That of 0: below every other. */
export const NONE: i32 = -100000;

const LOG2E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** What is below e^−4000 is 0: no product of the numbers that float64 has lifts that back. */
const LEAST: f64 = -4000;

/** x = m·2^e, 1 ≤ |m| < 2. */
export function split(x: f64): f64 {
  exponent = NONE;
  if (x == 0) return 0;
  const small = Math.abs(x) < 2.2250738585072014e-308;
  const bits = reinterpret<i64>(small ? x * 18014398509481984 : x);
  exponent = <i32>((bits >> 52) & 0x7ff) - (small ? 1023 + 54 : 1023);
  return reinterpret<f64>((bits & 0x800fffffffffffff) | 0x3ff0000000000000);
}

/** m·2^e, rounded once. */
export function joined(m: f64, e: i32): f64 {
  if (m == 0 || e < -3000) return 0;
  for (; e > 1000; e -= 1000) m *= reinterpret<f64>(<i64>(1023 + 1000) << 52);
  // Only the last of these products is subnormal, or all that follow are 0.
  for (; e < -500; e += 500) m *= reinterpret<f64>(<i64>(1023 - 500) << 52);
  return m * reinterpret<f64>(<i64>(1023 + e) << 52);
}

/** exp((v − max)/T). */
export function scaledExp(v: f64, max: f64, t: f64): f64 {
  exponent = 0;
  if (v == max || t == Infinity) return v == -Infinity ? 0 : 1;
  const q = v == -Infinity ? v : quotient(v, max, t);
  if (!(q >= LEAST)) {
    exponent = NONE;
    return 0;
  }
  const k = Math.ceil(q * LOG2E);
  const m = raised(q - k * LN2_HIGH, lost - k * LN2_LOW) * LOWERED;
  exponent = <i32>k;
  return m;
}

/** sech²(v/c) = 4e/(1 + e)², e = exp(−2|v|/c). */
export function scaledSlopeOfCap(v: f64, cap: f64): f64 {
  const m = scaledExp(-Math.abs(v), 0, cap * 0.5);
  const own = exponent;
  const f = 1 + joined(m, own);
  exponent = own;
  return (4 * m) / (f * f);
}
