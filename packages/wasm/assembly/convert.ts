import { fromHalf, halfOfDouble, toHalf } from './half';

/** n values of `from` bytes each as values of `to` bytes: float16, float32, float64. */
export function convert(x: usize, from: i32, y: usize, to: i32, n: usize): void {
  if (from == 2) {
    if (to == 4) return fromHalf(x, y, n);
    // Float32 in the second half of the room, which is read before it is written.
    fromHalf(x, y + (n << 2), n);
    return widen(y + (n << 2), y, n);
  }
  if (from == 4) {
    if (to == 2) toHalf(x, y, n);
    else widen(x, y, n);
    return;
  }
  if (to == 8) memory.copy(y, x, n << 3);
  else if (to == 2) halfOfDouble(x, y, n);
  else narrow(x, y, n);
}

function widen(x: usize, y: usize, n: usize): void {
  let k: usize = 0;
  for (const whole = n & ~1; k < whole; k += 2)
    v128.store(y + (k << 3), f64x2.promote_low_f32x4(v128.load64_zero(x + (k << 2))));
  if (k < n) store<f64>(y + (k << 3), <f64>load<f32>(x + (k << 2)));
}

function narrow(x: usize, y: usize, n: usize): void {
  let k: usize = 0;
  for (const whole = n & ~1; k < whole; k += 2)
    v128.store64_lane(y + (k << 2), f32x4.demote_f64x2_zero(v128.load(x + (k << 3))), 0);
  if (k < n) store<f32>(y + (k << 2), <f32>load<f64>(x + (k << 3)));
}
