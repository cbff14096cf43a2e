import { BIAS, expOf, exponentsOf, ROUND } from './exp';
import { loadTail, storeTail, sumOfLanes, widened } from './simd';
import { C0, C1, C2, C3, C4, C5, C6, LN2_HIGH, LN2_LOW, LOG2E } from './workspace';

/** Float32 is summed over this many bytes of a row, 8 vectors, and then added in float64: the error does not grow with n. */
const RUN: usize = 128;

/**
 * The sum of exp(x/T)·2^(BIAS − exponent) over n values; each is written to y, which may be x, as 0 for what is not above
 * `least`. The constants are loaded before the loop: V8 would otherwise make each anew for every vector.
 */
export function exponentials(w: usize, x: usize, y: usize, n: usize, exponent: i32, least: f32): f64 {
  const log2e = v128.load32_splat(w, LOG2E);
  const high = v128.load32_splat(w, LN2_HIGH);
  const low = v128.load32_splat(w, LN2_LOW);
  const c6 = v128.load32_splat(w, C6);
  const c5 = v128.load32_splat(w, C5);
  const c4 = v128.load32_splat(w, C4);
  const c3 = v128.load32_splat(w, C3);
  const c2 = v128.load32_splat(w, C2);
  const c1 = v128.load32_splat(w, C1);
  const c0 = v128.load32_splat(w, C0);
  const round = f32x4.splat(ROUND + <f32>(exponent - BIAS));
  const floor = f32x4.splat(least);
  let sum = f64x2.splat(0);
  let i: usize = 0;
  const end = n << 2;
  const whole = end & ~15;
  while (i < whole) {
    const stop = min(whole, i + RUN);
    let s = f32x4.splat(0);
    for (; i < stop; i += 16) {
      const v = f32x4.pmax(v128.load(x + i), floor);
      const e = expOf(v, exponentsOf(v, log2e, round), round, high, low, c6, c5, c4, c3, c2, c1, c0);
      const own = v128.and(e, f32x4.gt(v, floor));
      v128.store(y + i, own);
      s = f32x4.add(s, own);
    }
    sum = f64x2.add(sum, widened(s));
  }
  if (i < end) {
    const count = (end - i) >> 2;
    const v = f32x4.pmax(loadTail(x + i, count), floor);
    const e = expOf(v, exponentsOf(v, log2e, round), round, high, low, c6, c5, c4, c3, c2, c1, c0);
    const own = v128.and(e, f32x4.gt(v, floor));
    storeTail(y + i, own, count);
    sum = f64x2.add(sum, widened(own));
  }
  return sumOfLanes(sum);
}

/** The exponential of one value, with the same bits as in a vector. */
export function exponential(w: usize, x: f32, exponent: i32, least: f32): f32 {
  const v = f32x4.splat(max(x, least));
  const round = f32x4.splat(ROUND + <f32>(exponent - BIAS));
  const e = expOf(
    v, exponentsOf(v, v128.load32_splat(w, LOG2E), round), round,
    v128.load32_splat(w, LN2_HIGH), v128.load32_splat(w, LN2_LOW),
    v128.load32_splat(w, C6), v128.load32_splat(w, C5), v128.load32_splat(w, C4),
    v128.load32_splat(w, C3), v128.load32_splat(w, C2), v128.load32_splat(w, C1), v128.load32_splat(w, C0),
  );
  return x > least ? f32x4.extract_lane(e, 0) : 0;
}
