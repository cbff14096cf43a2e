import { loadTail, storeTail } from './simd';
import { REACH } from './workspace';

/** y = ±x − shift, −inf where the mask is 0; what is masked is read and forgotten. y may be x. */
export function prepare(x: usize, mask: usize, y: usize, n: usize, negate: bool, shift: f32): void {
  const sign = i32x4.splat(negate ? i32.MIN_VALUE : 0);
  const s = f32x4.splat(shift);
  const nothing = f32x4.splat(-Infinity);
  const zero = i32x4.splat(0);
  let i: usize = 0;
  for (const whole = n & ~3; i < whole; i += 4) {
    let v = f32x4.sub(v128.xor(v128.load(x + (i << 2)), sign), s);
    if (mask) {
      const bits = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(mask + i)));
      v = v128.bitselect(nothing, v, i32x4.eq(bits, zero));
    }
    v128.store(y + (i << 2), v);
  }
  if (i == n) return;
  storeTail(y + (i << 2), f32x4.sub(v128.xor(loadTail(x + (i << 2), n - i), sign), s), n - i);
  if (mask) for (; i < n; i++) if (!load<u8>(mask + i)) store<f32>(y + (i << 2), -Infinity);
}

/** Whether any entry takes part. */
export function anyAllowed(mask: usize, n: usize): bool {
  for (let k: usize = 0; k < n; k++) if (load<u8>(mask + k)) return true;
  return false;
}

/**
 * What to subtract from a row before it is reduced. Where |max| > 216·T, x − max is exact for everything within 108·T
 * of max (Sterbenz); where it is not, x/(T ln 2) is small enough to be reduced as it is.
 */
export function shiftOf(w: usize, m: f32): f32 {
  return isFar(w, m) ? m : 0;
}

@inline export function isFar(w: usize, m: f32): bool {
  return abs(m) > 2 * load<f32>(w, REACH);
}
