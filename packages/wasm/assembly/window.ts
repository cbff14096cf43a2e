// The short way: one pass without a maximum, for rows whose values all lie in one window of exponents.

import { BIAS, expOf, exponentsOf, ROUND } from './exp';
import { isFar } from './logits';
import { maxOfLanes, sumOfLanes, widened } from './simd';
import { first, last, meet, stateOf } from './team';
import {
  BLOCK, LN2_HIGH, LN2_LOW, LOG2E, PREPARED, STATE, STATE_EXPONENT, STATE_MAX, STATE_SUM, W0, W1, W2, W3, W4, W5, W6,
} from './workspace';

/** Float32 is summed over this many bytes of a row, 16 vectors, and then added in float64. */
const RUN: usize = 256;
/** Where in the window of exponents, 0 to 127, the first value is put. */
export const PLACE: i32 = 96;
/** The coefficients carry 2^−64, so that the window is in the middle of float32. */
const SCALE: i32 = 64;

/** The largest value of the row, where it was asked for. */
export let windowMax: f32 = 0;
/** What the exponentials are relative to: they are kept times 2^(BIAS − exponent), as in exponentials.ts. */
export let windowExponent: i32 = 0;

/**
 * The sum of the exponentials of n values, each in y where that is given; 0 where a value lies outside of e^−66 … e^21 times
 * the first, or is a NaN or an infinity. The exponent k + c of each stands in the low bits of x·log2 e + ROUND + c, so
 * one OR over them all tells whether any was ever outside of 0 … 127: that is the whole of the clamp, of the maximum
 * and of the search for NaN. No bit of the result hangs on c, which is an exponent.
 *
 * Two vectors a turn: V8 unrolls a smaller loop by itself, and then runs out of registers (18.2 µs against 14.7 for
 * 32 rows of 1000 in Node 24).
 */
@inline function pass(most: bool, w: usize, x: usize, y: usize, n: usize): f64 {
  const origin = load<f32>(x);
  if (!(abs(origin) < Infinity) || isFar(w, origin)) return 0;
  const c = PLACE - <i32>nearest(origin * load<f32>(w, LOG2E));
  windowExponent = BIAS + SCALE - c;
  const log2e = v128.load32_splat(w, LOG2E);
  const high = v128.load32_splat(w, LN2_HIGH);
  const low = v128.load32_splat(w, LN2_LOW);
  const w6 = v128.load32_splat(w, W6);
  const w5 = v128.load32_splat(w, W5);
  const w4 = v128.load32_splat(w, W4);
  const w3 = v128.load32_splat(w, W3);
  const w2 = v128.load32_splat(w, W2);
  const w1 = v128.load32_splat(w, W1);
  const w0 = v128.load32_splat(w, W0);
  const round = f32x4.splat(ROUND + <f32>c);
  let seen = i32x4.splat(0);
  const from = first(n);
  const until = last(n);
  for (let start = from, state = stateOf(w, from); start < until; start += BLOCK, state += STATE) {
    let sum = f64x2.splat(0);
    let top = f32x4.splat(origin);
    let i = start << 2;
    // What nobody asked for goes where it stays in the first cache.
    const to = y ? y : w + PREPARED - i;
    const end = min(start + BLOCK, n) << 2;
    const pairs = end & ~31;
    while (i < pairs) {
      const stop = min(pairs, i + RUN);
      let s = f32x4.splat(0);
      for (; i < stop; i += 32) {
        const a = v128.load(x + i);
        if (most) top = f32x4.pmax(top, a);
        const j = exponentsOf(a, log2e, round);
        seen = v128.or(seen, j);
        const ea = expOf(a, j, round, high, low, w6, w5, w4, w3, w2, w1, w0);
        v128.store(to + i, ea);
        const b = v128.load(x + i, 16);
        if (most) top = f32x4.pmax(top, b);
        const k = exponentsOf(b, log2e, round);
        seen = v128.or(seen, k);
        const eb = expOf(b, k, round, high, low, w6, w5, w4, w3, w2, w1, w0);
        v128.store(to + i, eb, 16);
        s = f32x4.add(s, f32x4.add(ea, eb));
      }
      if (isOutside(seen)) {
        i = end;
        break;
      }
      sum = f64x2.add(sum, widened(s));
    }
    let total = sumOfLanes(sum);
    for (; i < end; i += 4) {
      const a = v128.load32_splat(x + i);
      if (most) top = f32x4.pmax(top, a);
      const j = exponentsOf(a, log2e, round);
      seen = v128.or(seen, j);
      const e = f32x4.extract_lane(expOf(a, j, round, high, low, w6, w5, w4, w3, w2, w1, w0), 0);
      store<f32>(to + i, e);
      total += <f64>e;
    }
    if (isOutside(seen)) {
      // No sum of a row within its window is 0.
      store<f64>(stateOf(w, from), 0, STATE_SUM);
      break;
    }
    store<i32>(state, windowExponent, STATE_EXPONENT);
    store<f64>(state, total, STATE_SUM);
    if (most) store<f32>(state, maxOfLanes(top), STATE_MAX);
  }
  meet();
  let total: f64 = 0;
  windowMax = origin;
  for (let start: usize = 0, state = stateOf(w, 0); start < n; start += BLOCK, state += STATE) {
    const sum = load<f64>(state, STATE_SUM);
    if (sum == 0) return 0;
    total += sum;
    if (most) windowMax = max(windowMax, load<f32>(state, STATE_MAX));
  }
  return total;
}

/** ROUND is 0x4b400000, with the exponent in its low seven bits. */
@inline export function isOutside(seen: v128): bool {
  return v128.any_true(v128.xor(v128.and(seen, i32x4.splat(0xffffff80)), i32x4.splat(0x4b400000)));
}

export function windowed(w: usize, x: usize, y: usize, n: usize): f64 {
  return pass(false, w, x, y, n);
}

export function windowedWithMaximum(w: usize, x: usize, y: usize, n: usize): f64 {
  return pass(true, w, x, y, n);
}
