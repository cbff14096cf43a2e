import { loadTail, maxOfLanes } from './simd';

/**
 * The largest of n values, NaN where one of them is NaN. `pmax` forgets a NaN that it meets, so a sum runs beside it,
 * which cannot: only where that is NaN is the row searched (it is also for +inf beside −inf, and for an overflow).
 */
export function maximum(x: usize, n: usize): f32 {
  const first = x;
  const end = x + (n << 2);
  const end64 = x + ((n & ~15) << 2);
  const end16 = x + ((n & ~3) << 2);
  let m0 = f32x4.splat(-Infinity);
  let m1 = m0;
  let m2 = m0;
  let m3 = m0;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; x < end64; x += 64) {
    const a = v128.load(x, 0);
    const b = v128.load(x, 16);
    const c = v128.load(x, 32);
    const d = v128.load(x, 48);
    m0 = f32x4.pmax(m0, a);
    m1 = f32x4.pmax(m1, b);
    m2 = f32x4.pmax(m2, c);
    m3 = f32x4.pmax(m3, d);
    s0 = f32x4.add(s0, a);
    s1 = f32x4.add(s1, b);
    s2 = f32x4.add(s2, c);
    s3 = f32x4.add(s3, d);
  }
  for (; x < end16; x += 16) {
    const a = v128.load(x);
    m0 = f32x4.pmax(m0, a);
    s0 = f32x4.add(s0, a);
  }
  if (x < end) {
    const a = loadTail(x, (end - x) >> 2);
    m1 = f32x4.pmax(m1, a);
    s1 = f32x4.add(s1, f32x4.pmax(a, f32x4.splat(-1e30)));
  }
  const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  if (v128.any_true(f32x4.ne(s, s)) && hasNaN(first, end)) return NaN;
  return maxOfLanes(f32x4.pmax(f32x4.pmax(m0, m1), f32x4.pmax(m2, m3)));
}

function hasNaN(x: usize, end: usize): bool {
  for (; x < end; x += 4) {
    const v = load<f32>(x);
    if (v != v) return true;
  }
  return false;
}

/** Where the value m first stands among n values, of which it is one. */
export function indexOf(x: usize, n: usize, m: f32): usize {
  const v = f32x4.splat(m);
  let k: usize = 0;
  for (const whole = n & ~3; k < whole; k += 4) {
    const found = f32x4.eq(v128.load(x + (k << 2)), v);
    if (v128.any_true(found)) return k + <usize>ctz(i32x4.bitmask(found));
  }
  while (k < n && load<f32>(x + (k << 2)) != m) k++;
  return k;
}
