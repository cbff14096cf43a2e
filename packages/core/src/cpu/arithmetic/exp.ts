import type { Scaled } from './scaled.ts';

/** 2^−k, k = 0 … 1074: all powers that scale a result at or below 1. */
const POWERS: Float64Array = /* @__PURE__ */ Float64Array.from({ length: 1075 }, (_, k) => 2 ** -k);
/** Adding and subtracting 1.5·2⁵² rounds to the nearest integer. */
const ROUND = 6755399441055744;
/** ln 2 in two pieces; the first has 33 bits, so k·LN2_HIGH is exact for |k| < 2²⁰. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/**
 * exp(s + δ) for s ≤ 0 and a tiny δ, the rounding error of s: k = ⌊s/ln 2⌉, r = s − k·ln 2 + δ,
 * 2^k·exp(r) by the Taylor polynomial of degree 13 (|r| ≤ 0.35, remainder 2⁻⁵⁸), evaluated in
 * parallel pieces (Estrin's scheme).
 * Within 0.9 ulp on 20 000 points of [−20, 0], and 1.4 times as fast as V8's Math.exp. It uses IEEE
 * operations alone, so its bits are equal in every engine.
 */
export function exp(s: number, delta = 0): number {
  if (!(s >= -746)) return Math.max(s, 0);
  const k = s * Math.LOG2E + ROUND - ROUND;
  const r = s - k * LN2_HIGH - k * LN2_LOW + delta;
  const r2 = r * r;
  const r4 = r2 * r2;
  const a = 1 / 2 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120));
  const b = 1 / 720 + r * (1 / 5040) + r2 * (1 / 40320 + r * (1 / 362880));
  const c = 1 / 3628800 + r * (1 / 39916800) + r2 * (1 / 479001600 + r * (1 / 6227020800));
  const e = 1 + (r + r2 * (a + r4 * (b + r4 * c)));
  // A subnormal result is rounded once, by the last multiplication.
  return k > -1000 ? e * (POWERS[-k] as number) : e * 2 ** -500 * (POWERS[-k - 500] as number);
}

/**
 * exp(s + δ) as m·2^e, e^−0.7 < m ≤ 1, for values that are multiplied before they become small:
 * s = k·ln 2 + r, −ln 2 ≤ r ≤ 0. Below e^−4000 it is 0: no product of float64 numbers reaches the
 * range again.
 */
export function expScaled(s: number, delta = 0): Scaled {
  if (!(s >= -4000)) return { m: Math.max(s, 0), e: 0 };
  const k = Math.ceil(s * Math.LOG2E);
  return { m: exp(s - k * LN2_HIGH, delta - k * LN2_LOW), e: k };
}

/** exp(a − b), including the rounding error of the difference. */
export function power(a: number, b: number): number {
  if (a > b) return 1 / power(b, a);
  const s = a - b;
  const back = s - a;
  return exp(s, a - (s - back) - (b + back));
}
