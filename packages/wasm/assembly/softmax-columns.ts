// The short way of window.ts down the columns of a matrix: four columns to a vector, nothing is gathered. Memory is
// walked row by row, as it lies, and what belongs to a column (its window, its sum) waits for it in the first cache.

import { expOf, exponentsOf, ROUND } from './exp';
import { highHalf } from './simd';
import { INSIDE, isOutside, PLACE } from './window';
import { LN2_HIGH, LN2_LOW, LOG2E, REACH, W0, W1, W2, W3, W4, W5, W6 } from './workspace';

/** Rows that are summed in float32 before they are added in float64. */
const RUN: usize = 16;

/**
 * p = e / Σ e down some columns, a multiple of 4, of a matrix of n rows of `inner` columns. `states` has 16 bytes for each
 * of them; `outside` tells whether one does not fit its window, and y is undefined then.
 */
export function softmaxColumns(
  w: usize, x: usize, y: usize, n: usize, inner: usize, columns: usize, states: usize, outside: usize,
): void {
  store<u8>(outside, !strip(w, x, y, n, inner << 2, columns << 2, states));
}

/** The same of columns of so many `bytes` together: of each vector ROUND + c, later the share; a sum of float32; two of float64. */
function strip(w: usize, x: usize, y: usize, n: usize, stride: usize, bytes: usize, rounds: usize): bool {
  const sums = rounds + bytes;
  const totals = sums + bytes;
  const limit = f32x4.splat(2 * load<f32>(w, REACH));
  const log2e = v128.load32_splat(w, LOG2E);
  for (let i: usize = 0; i < bytes; i += 16) {
    const first = v128.load(x + i);
    if (!v128.all_true<i32>(f32x4.le(f32x4.abs(first), limit))) return false;
    const c = f32x4.sub(f32x4.splat(<f32>PLACE), f32x4.nearest(f32x4.mul(first, log2e)));
    v128.store(rounds + i, f32x4.add(f32x4.splat(ROUND), c));
  }
  memory.fill(sums, 0, 3 * bytes);
  for (let k: usize = 0; k < n; k += RUN) {
    const at = k * stride;
    if (!exponentials(w, x + at, y + at, min(RUN, n - k), stride, bytes, rounds, sums)) return false;
    for (let i: usize = 0; i < bytes; i += 16) {
      const s = v128.load(sums + i);
      const t = totals + 2 * i;
      v128.store(t, f64x2.add(v128.load(t), f64x2.promote_low_f32x4(s)));
      v128.store(t, f64x2.add(v128.load(t, 16), f64x2.promote_low_f32x4(highHalf(s))), 16);
      v128.store(sums + i, f32x4.splat(0));
    }
  }
  for (let i: usize = 0; i < bytes; i += 16) {
    const t = totals + 2 * i;
    const low = f32x4.demote_f64x2_zero(f64x2.div(f64x2.splat(1), v128.load(t)));
    const high = f32x4.demote_f64x2_zero(f64x2.div(f64x2.splat(1), v128.load(t, 16)));
    v128.store(rounds + i, v128.shuffle<f64>(low, high, 0, 2));
  }
  for (let k: usize = 0; k < n; k++, y += stride)
    for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, f32x4.mul(v128.load(y + i), v128.load(rounds + i)));
  return true;
}

/** The exponentials of some rows, added to the sums of their columns; false where one is outside of its window. */
function exponentials(
  w: usize, x: usize, y: usize, rows: usize, stride: usize, bytes: usize, rounds: usize, sums: usize,
): bool {
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
  const inside = i32x4.splat(INSIDE);
  let seen = i32x4.splat(0);
  for (let k: usize = 0; k < rows; k++, x += stride, y += stride) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = v128.load(x + i);
      const round = v128.load(rounds + i);
      const j = exponentsOf(v, log2e, round);
      seen = v128.or(seen, v128.xor(j, inside));
      const e = expOf(v, j, round, high, low, w6, w5, w4, w3, w2, w1, w0);
      v128.store(y + i, e);
      v128.store(sums + i, f32x4.add(v128.load(sums + i), e));
    }
  }
  return !isOutside(v128.xor(seen, inside));
}
