import { sumOfLanes } from './simd';

/** Two float32 of memory as float64. */
@inline function two(x: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(x));
}

/** w·h of n float32 values in float64, where their products are exact. */
@inline function dot(w: usize, h: usize, n: usize): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let k: usize = 0;
  for (const whole = n & ~3; k < whole; k += 4, w += 16, h += 16) {
    a = f64x2.add(a, f64x2.mul(two(w), two(h)));
    b = f64x2.add(b, f64x2.mul(two(w + 8), two(h + 8)));
  }
  let sum = sumOfLanes(f64x2.add(a, b));
  for (; k < n; k++, w += 4, h += 4) sum += <f64>load<f32>(w) * <f64>load<f32>(h);
  return sum;
}

let weight: usize = 0;
let bias: usize = 0;
let size: usize = 0;

/** From now on logits are those of this layer of n features. */
export function layer(w: usize, b: usize, n: usize): void {
  weight = w;
  bias = b;
  size = n;
}

/** z = w·h + b of a row. */
export function logit(row: usize, h: usize): f64 {
  const z = dot(weight + ((row * size) << 2), h, size);
  return bias ? z + <f64>load<f32>(bias + (row << 2)) : z;
}

/** y = Σ cⱼ·(row listⱼ of x) of n float32, summed in float64. What is multiplied by 0 is not read: 0·NaN. */
export function combination(x: usize, list: usize, c: usize, count: usize, n: usize, y: usize): void {
  const end = c + (count << 3);
  const stop = x + (n << 2);
  while (x < stop) {
    const whole = stop - x >= 16;
    let a0 = f64x2.splat(0);
    let a1 = a0;
    let at = list;
    for (let j = c; j < end; j += 8, at += 4) {
      if (load<f64>(j) == 0) continue;
      const factor = v128.load64_splat(j);
      const row = x + ((<usize>load<u32>(at) * n) << 2);
      if (whole) {
        a0 = f64x2.add(a0, f64x2.mul(two(row), factor));
        a1 = f64x2.add(a1, f64x2.mul(two(row + 8), factor));
      } else a0 = f64x2.add(a0, f64x2.mul(f64x2.promote_low_f32x4(v128.load32_zero(row)), factor));
    }
    const first = f32x4.demote_f64x2_zero(a0);
    if (whole) {
      v128.store64_lane(y, first, 0);
      v128.store64_lane(y, f32x4.demote_f64x2_zero(a1), 0, 8);
    } else v128.store32_lane(y, first, 0);
    const step: usize = whole ? 16 : 4;
    x += step;
    y += step;
  }
}

/** Row r of y is a combination of rows of x: the places startsᵣ … startsᵣ₊₁ − 1 of `list` and c. */
export function combinations(
  x: usize, starts: usize, list: usize, c: usize, n: usize, y: usize, first: usize, rows: usize,
): void {
  for (let r = first; r < first + rows; r++) {
    const from = <usize>load<u32>(starts + (r << 2));
    const count = <usize>load<u32>(starts + (r << 2), 4) - from;
    combination(x, list + (from << 2), c + (from << 3), count, n, y + ((r * n) << 2));
  }
}

/**
 * Brings together what combinations of the rows are made of: of each logit the token and the cotangent, at the place of
 * its row, in their order, and the cotangents' sums. `starts` has one more value than a start for each row and the end.
 */
export function transpose(
  places: usize, stepOf: usize, tokens: usize, dz: usize, logits: usize,
  rows: usize, starts: usize, list: usize, c: usize, sums: usize,
): void {
  memory.fill(starts, 0, (rows + 2) << 2);
  memory.fill(sums, 0, rows << 3);
  const end = places + (logits << 2);
  for (let at = places; at < end; at += 4) {
    const count = starts + (load<u32>(at) << 2);
    store<u32>(count, load<u32>(count, 8) + 1, 8);
  }
  for (let r: usize = 1; r <= rows; r++) {
    const count = starts + (r << 2);
    store<u32>(count, load<u32>(count) + load<u32>(count, 4), 4);
  }
  for (let at = places; at < end; at += 4, stepOf += 4, dz += 8) {
    const row = <usize>load<u32>(at);
    const start = starts + (row << 2);
    const to = <usize>load<u32>(start, 4);
    store<u32>(start, <u32>to + 1, 4);
    store<u32>(list + (to << 2), load<u32>(tokens + (load<u32>(stepOf) << 2)));
    const own = load<f64>(dz);
    store<f64>(c + (to << 3), own);
    store<f64>(sums + (row << 3), load<f64>(sums + (row << 3)) + own);
  }
}
