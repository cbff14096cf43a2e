// The short way of window.ts down the columns of a matrix: four columns to a vector, nothing is gathered.

import { expOf, exponentsOf, ROUND } from './exp';
import { highHalf } from './simd';
import { PLACE } from './window';
import { LN2_HIGH, LN2_LOW, LOG2E, REACH, W0, W1, W2, W3, W4, W5, W6 } from './workspace';

/** Rows that are walked at a time, so that a cache line of 16 columns is read while it is near. */
const NEAR: usize = 32;
/** Of each four columns: two sums of two float64, and ROUND + c. */
const STATE: usize = 48;

/**
 * p = e / Σ e down `width` columns, a multiple of 4, of n rows that are `inner` values apart; false, and y undefined,
 * where a column does not fit its window. `states` has room for 48 bytes for each four columns.
 */
export function softmaxColumns(
  w: usize, x: usize, y: usize, n: usize, inner: usize, width: usize, states: usize,
): bool {
  const groups = width >> 2;
  const limit = f32x4.splat(2 * load<f32>(w, REACH));
  const log2e = v128.load32_splat(w, LOG2E);
  for (let g: usize = 0; g < groups; g++) {
    const first = v128.load(x + (g << 4));
    if (!v128.all_true<i32>(f32x4.le(f32x4.abs(first), limit))) return false;
    const c = f32x4.sub(f32x4.splat(<f32>PLACE), f32x4.nearest(f32x4.mul(first, log2e)));
    const s = states + g * STATE;
    v128.store(s, f64x2.splat(0), 0);
    v128.store(s, f64x2.splat(0), 16);
    v128.store(s, f32x4.add(f32x4.splat(ROUND), c), 32);
  }
  const stride = inner << 2;
  for (let start: usize = 0; start < n; start += NEAR) {
    const count = min(NEAR, n - start);
    const at = start * stride;
    for (let g: usize = 0; g < groups; g++)
      if (!part(w, x + at + (g << 4), y + at + (g << 4), count, stride, states + g * STATE)) return false;
  }
  for (let g: usize = 0; g < groups; g++) {
    const s = states + g * STATE;
    const low = f32x4.demote_f64x2_zero(f64x2.div(f64x2.splat(1), v128.load(s, 0)));
    const high = f32x4.demote_f64x2_zero(f64x2.div(f64x2.splat(1), v128.load(s, 16)));
    v128.store(s, v128.shuffle<f64>(low, high, 0, 2), 32);
  }
  for (let k: usize = 0; k < n; k++, y += stride)
    for (let g: usize = 0; g < groups; g++) {
      const to = y + (g << 4);
      v128.store(to, f32x4.mul(v128.load(to), v128.load(states + g * STATE, 32)));
    }
  return true;
}

/** The exponentials of `count` rows of four columns, added to their sums; false where one is outside of its window. */
function part(w: usize, x: usize, y: usize, count: usize, stride: usize, state: usize): bool {
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
  const round = v128.load(state, 32);
  let seen = i32x4.splat(0);
  let a = v128.load(state, 0);
  let b = v128.load(state, 16);
  while (count > 0) {
    const few = min(count, 8);
    count -= few;
    let s = f32x4.splat(0);
    for (let k: usize = 0; k < few; k++, x += stride, y += stride) {
      const v = v128.load(x);
      const j = exponentsOf(v, log2e, round);
      seen = v128.or(seen, j);
      const e = expOf(v, j, round, high, low, w6, w5, w4, w3, w2, w1, w0);
      v128.store(y, e);
      s = f32x4.add(s, e);
    }
    a = f64x2.add(a, f64x2.promote_low_f32x4(s));
    b = f64x2.add(b, f64x2.promote_low_f32x4(highHalf(s)));
  }
  v128.store(state, a, 0);
  v128.store(state, b, 16);
  return !v128.any_true(v128.xor(v128.and(seen, i32x4.splat(0xffffff80)), i32x4.splat(0x4b400000)));
}
