// Multiply-adds are compiled for relaxed or for plain SIMD: asc folds ASC_FEATURE_RELAXED_SIMD
// (see assemble.mjs).

/** a·b + c, rounded once by relaxed SIMD and twice by plain SIMD. */
@inline export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

@inline export function madd64(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_madd(a, b, c) : f64x2.add(f64x2.mul(a, b), c);
}

@inline export function maxOfLanes(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}

/** Lanes 2 and 3 where 0 and 1 are. */
@inline export function highHalf(v: v128): v128 {
  return i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
}

/** The lanes of a float32 vector as float64, those of its halves added. */
@inline export function widened(v: v128): v128 {
  return f64x2.add(
    f64x2.promote_low_f32x4(v),
    f64x2.promote_low_f32x4(highHalf(v)),
  );
}

@inline export function sumOfLanes(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** The 1 to 3 values that end a row, beside −inf: no value, and so exponential 0 and never the maximum. */
@inline export function loadTail(x: usize, count: usize): v128 {
  let v = v128.load_lane<f32>(x, f32x4.splat(-Infinity), 0);
  if (count > 1) v = v128.load_lane<f32>(x, v, 1, 4);
  if (count > 2) v = v128.load_lane<f32>(x, v, 2, 8);
  return v;
}

@inline export function storeTail(y: usize, v: v128, count: usize): void {
  v128.store_lane<f32>(y, v, 0);
  if (count > 1) v128.store_lane<f32>(y, v, 1, 4);
  if (count > 2) v128.store_lane<f32>(y, v, 2, 8);
}
