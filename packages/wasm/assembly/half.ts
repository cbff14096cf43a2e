// Float16 at the borders: widened to float32 exactly, and rounded once from what was computed, to even.

/** n float16 values as float32. A subnormal one is an integer of 2⁻²⁴, which the multiplication by 2¹¹² normalises. */
export function fromHalf(x: usize, y: usize, n: usize): void {
  let k: usize = 0;
  for (const whole = n & ~3; k < whole; k += 4) v128.store(y + (k << 2), single(v128.load_ext<u16>(x + (k << 1))));
  for (; k < n; k++) store<f32>(y + (k << 2), f32x4.extract_lane(single(i32x4.splat(load<u16>(x + (k << 1)))), 0));
}

/** n float32 values as float16; y may be where x is. */
export function toHalf(x: usize, y: usize, n: usize): void {
  let k: usize = 0;
  for (const whole = n & ~3; k < whole; k += 4) {
    const bits = half(v128.load(x + (k << 2)));
    v128.store64_lane(y + (k << 1), i16x8.narrow_i32x4_u(bits, bits), 0);
  }
  for (; k < n; k++) store<u16>(y + (k << 1), i32x4.extract_lane(half(f32x4.splat(load<f32>(x + (k << 2)))), 0));
}

/** n float64 values as float16, rounded once: float32 on the way is rounded to odd (Boldo & Melquiond 2008). */
export function halfOfDouble(x: usize, y: usize, n: usize): void {
  for (let k: usize = 0; k < n; k++) {
    const v = load<f64>(x + (k << 3));
    const near = <f32>v;
    let bits = reinterpret<u32>(near);
    if (<f64>near != v && v == v) bits = (bits - <u32>(Math.abs(<f64>near) > Math.abs(v))) | 1;
    store<u16>(y + (k << 1), i32x4.extract_lane(half(i32x4.splat(bits)), 0));
  }
}

/** Four float32 of float16 bits in 32 bits each. */
@inline function single(bits: v128): v128 {
  const size = i32x4.shl(v128.and(bits, i32x4.splat(0x7fff)), 13);
  const sign = i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16);
  const endless = v128.and(i32x4.ge_s(size, i32x4.splat(0x7c00 << 13)), i32x4.splat(0x7f800000));
  return v128.or(v128.or(f32x4.mul(size, f32x4.splat(5.192296858534828e33)), endless), sign);
}

/** Four float16, in 32 bits each, of float32: what is normal by an integer addition, what is not by one to 0.5, whose spacing is 2⁻²⁴. */
@inline function half(v: v128): v128 {
  const size = v128.and(v, i32x4.splat(0x7fffffff));
  const sign = i32x4.shr_u(v128.and(v, i32x4.splat(i32.MIN_VALUE)), 16);
  const odd = v128.and(i32x4.shr_u(size, 13), i32x4.splat(1));
  const normal = i32x4.shr_u(i32x4.add(i32x4.add(size, odd), i32x4.splat(0xfff - (112 << 23))), 13);
  const small = i32x4.sub(f32x4.add(size, f32x4.splat(0.5)), f32x4.splat(0.5));
  let bits = v128.bitselect(small, normal, i32x4.lt_s(size, i32x4.splat(113 << 23)));
  bits = v128.bitselect(i32x4.splat(0x7c00), bits, i32x4.ge_s(size, i32x4.splat(143 << 23)));
  bits = v128.bitselect(i32x4.splat(0x7e00), bits, f32x4.ne(v, v));
  return v128.or(bits, sign);
}
