// One row in float64, of whatever type it was: of float64 itself, with a soft cap, at any temperature.

import { LOWERED, RAISED, raised, raisedExp, raisedExpOfQuotient, tanh } from './double-exp';
import { anyAllowed } from './logits';

/** The largest logit, the sink among them, and its place; NOWHERE where it is the sink. */
export let top: f64 = 0;
export let topAt: usize = 0;
export const NOWHERE: usize = usize.MAX_VALUE;
/** The sum of all exponentials but the largest, relative to it. */
export let rest: f64 = 0;
/** The exponential of the sink, relative to the same. */
export let sunk: f64 = 0;

/** ±x, capped, −∞ where the mask is 0. */
@inline export function logit(x: f64, negate: bool, cap: f64): f64 {
  const v = negate ? -x : x;
  return cap > 0 && Math.abs(v) < Infinity ? cap * tanh(v / cap) : v;
}

/** The logits of a row in y, noise added where there is some. */
export function logits(x: usize, mask: usize, y: usize, n: usize, negate: bool, cap: f64, noise: usize = 0): void {
  const plain = mask == 0 && !negate && cap == 0;
  if (plain && noise == 0) return memory.copy(y, x, n << 3);
  let i: usize = 0;
  if (plain)
    for (const whole = (n & ~1) << 3; i < whole; i += 16)
      v128.store(y + i, f64x2.add(v128.load(x + i), v128.load(noise + i)));
  for (; i < n << 3; i += 8) {
    const hidden = mask != 0 && !load<u8>(mask + (i >> 3));
    const v = logit(load<f64>(x + i) + (noise ? load<f64>(noise + i) : 0), negate, cap);
    store<f64>(y + i, hidden ? -Infinity : v);
  }
}

/** The exponentials of logits in place, times 2^200; false where the maximum is no finite number. */
export function exponentials(y: usize, n: usize, t: f64, sink: f64): bool {
  if (!findTop(y, n, sink)) return false;
  if (topAt != NOWHERE) store<f64>(y + (topAt << 3), -Infinity);
  rest = t == 1 ? ofDifferences(y, n) : ofQuotients(y, n, t);
  if (topAt != NOWHERE) store<f64>(y + (topAt << 3), RAISED);
  sunk = raisedExpOfQuotient(sink, top, t) * LOWERED;
  rest *= LOWERED;
  if (topAt != NOWHERE) rest += sunk;
  return true;
}

/** Finds the largest; false where it is no finite number. */
export function findTop(y: usize, n: usize, sink: f64): bool {
  let m = f64x2.splat(-Infinity);
  let bad = f64x2.splat(0);
  let k: usize = 0;
  for (const whole = n & ~1; k < whole; k += 2) {
    const v = v128.load(y + (k << 3));
    bad = v128.or(bad, f64x2.ne(v, v));
    m = f64x2.pmax(m, v);
  }
  top = max(f64x2.extract_lane(m, 0), f64x2.extract_lane(m, 1));
  if (k < n) top = max(top, load<f64>(y + (k << 3)));
  if (v128.any_true(bad) || top != top) top = NaN;
  topAt = NOWHERE;
  if (sink > top) top = sink;
  else if (top > -Infinity) {
    const v = f64x2.splat(top);
    for (topAt = 0; topAt + 2 <= n && !v128.any_true(f64x2.eq(v128.load(y + (topAt << 3)), v)); ) topAt += 2;
    if (load<f64>(y + (topAt << 3)) != top) topAt++;
  }
  return Math.abs(top) < Infinity;
}

/** The rounding error of a sum (Knuth's TwoSum). */
@inline function lostOf(a: v128, b: v128, sum: v128): v128 {
  const part = f64x2.sub(sum, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(sum, part)), f64x2.sub(b, part));
}

function ofDifferences(y: usize, n: usize): f64 {
  const least = f64x2.splat(-top);
  let sum = f64x2.splat(0);
  let lost = f64x2.splat(0);
  let k: usize = 0;
  for (const whole = n & ~1; k < whole; k += 2) {
    const v = v128.load(y + (k << 3));
    const s = f64x2.add(v, least);
    const e = raisedExp(s, lostOf(v, least, s));
    v128.store(y + (k << 3), e);
    const next = f64x2.add(sum, e);
    lost = f64x2.add(lost, lostOf(sum, e, next));
    sum = next;
  }
  total = f64x2.extract_lane(sum, 0);
  missing = f64x2.extract_lane(lost, 0) + f64x2.extract_lane(lost, 1);
  addToSum(f64x2.extract_lane(sum, 1));
  if (k < n) {
    const v = load<f64>(y + (k << 3));
    const s = v - top;
    const back = s - v;
    const e = raised(s, v - (s - back) - (top + back));
    store<f64>(y + (k << 3), e);
    addToSum(e);
  }
  return sumOf();
}

function ofQuotients(y: usize, n: usize, t: f64): f64 {
  // What is farther than this has exponential 0.
  const least = f64x2.splat(top - 750 * t);
  clearSum();
  for (let k: usize = 0; k < n; k++, y += 8) {
    if (k + 1 < n && v128.all_true<i64>(f64x2.lt(v128.load(y), least))) {
      v128.store(y, f64x2.splat(0));
      k++;
      y += 8;
      continue;
    }
    const e = raisedExpOfQuotient(load<f64>(y), top, t);
    store<f64>(y, e);
    addToSum(e);
  }
  return sumOf();
}

let total: f64 = 0;
let missing: f64 = 0;

/** A running sum with its rounding errors beside it. */
export function clearSum(): void {
  total = 0;
  missing = 0;
}

@inline export function addToSum(v: f64): void {
  const next = total + v;
  missing += errorOf(total, v, next);
  total = next;
}

/** The rounding error of a + b. */
@inline export function errorOf(a: f64, b: f64, sum: f64): f64 {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}

@inline export function sumOf(): f64 {
  return Math.abs(total) < Infinity ? total + missing : total;
}

/** Whether a mask leaves nothing of a row. */
export function isRemoved(mask: usize, n: usize): bool {
  return mask != 0 && !anyAllowed(mask, n);
}
