// The values of a row that may be in its support, and their places.

/** The largest value of the row; a NaN or +∞ where one was met. */
export let peak: f64 = 0;
/** How many candidates there are. */
export let count: usize = 0;
/** Where their values are, float64, and their places, uint32. */
let values: usize = 0;
let places: usize = 0;

@inline export function valueOf(c: usize): f64 {
  return load<f64>(values + (c << 3));
}

@inline export function placeOf(c: usize): usize {
  return <usize>load<u32>(places + (c << 2));
}

/** Puts something else where the value of a candidate was. */
@inline export function replace(c: usize, v: f64): void {
  store<f64>(values + (c << 3), v);
}

/** The smallest of them. */
export let least: f64 = 0;

/**
 * Finds all within `reach` of the maximum, in one pass: whoever is as near to the largest value so far is noted.
 * `room` takes 12 bytes for each value of the row. False where the maximum is no finite number.
 */
export function collect(x: usize, mask: usize, n: usize, wide: bool, reach: f64, room: usize): bool {
  values = room;
  places = room + (n << 3);
  peak = -Infinity;
  least = Infinity;
  count = 0;
  if (wide) scan<f64>(x, mask, n, reach);
  else scan<f32>(x, mask, n, reach);
  if (least < peak - reach) keep(peak - reach, -Infinity);
  return Math.abs(peak) < Infinity;
}

function scan<T>(x: usize, mask: usize, n: usize, reach: f64): void {
  const lanes: usize = 16 / sizeof<T>();
  for (let start: usize = 0; start < n; start += lanes) {
    const left = n - start;
    let near = left < lanes ? (1 << <i32>left) - 1 : notBelow<T>(v128.load(x + start * sizeof<T>()), peak - reach);
    for (; near; near &= near - 1) {
      const k = start + <usize>ctz(near);
      const v = <f64>load<T>(x + k * sizeof<T>());
      // What is masked may be a NaN.
      if (v < peak - reach || v == -Infinity || (mask != 0 && !load<u8>(mask + k))) continue;
      if (!(v <= peak)) peak = v;
      if (!(peak < Infinity)) return;
      least = min(least, v);
      store<u32>(places + (count << 2), <u32>k);
      replace(count++, v);
    }
  }
}

/** The lanes that are not below a bar: a NaN is never. */
@inline function notBelow<T>(v: v128, bar: f64): i32 {
  return sizeof<T>() == 4
    ? i32x4.bitmask(v128.not(f32x4.lt(v, f32x4.splat(<f32>bar))))
    : i64x2.bitmask(v128.not(f64x2.lt(v, f64x2.splat(bar))));
}

/** Keeps those that are at least `from` and above `low`, in their order. */
export function keep(from: f64, low: f64): void {
  let left: usize = 0;
  least = Infinity;
  for (let c: usize = 0; c < count; c++) {
    const v = valueOf(c);
    if (v < from || v <= low) continue;
    least = min(least, v);
    store<u32>(places + (left << 2), <u32>placeOf(c));
    replace(left++, v);
  }
  count = left;
}
