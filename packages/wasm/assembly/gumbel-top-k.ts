// A heap of the k best so far, the worst of them on top: their values in `values`, their places in `classes`.

let values: usize = 0;
let classes: usize = 0;

/** The places of the k largest x + g of each of `rows` rows of float64, largest first, among equal ones the first; `room` takes k. */
export function gumbelTopK(
  x: usize, noise: usize, mask: usize, to: usize, rows: usize, n: usize, k: usize, room: usize,
): void {
  const size = n << 3;
  values = room;
  for (let r: usize = 0; r < rows; r++, x += size, noise += size, to += k << 2) {
    classes = to;
    const hidden = mask ? mask + r * n : 0;
    let count: usize = 0;
    let bar: f64 = -Infinity;
    for (let c: usize = 0; c < n; c += 2) {
      const at = c << 3;
      if (c + 1 < n) {
        const v = f64x2.add(v128.load(x + at), v128.load(noise + at));
        if (!v128.any_true(f64x2.gt(v, f64x2.splat(bar)))) continue;
      }
      for (let d = c; d < min(c + 2, n); d++) {
        const v = load<f64>(x + (d << 3)) + load<f64>(noise + (d << 3));
        if (!(v > bar) || (hidden != 0 && !load<u8>(hidden + d))) continue;
        if (count < k) rise(count++, v, d);
        else sink(k, v, d);
        if (count == k) bar = load<f64>(values);
      }
    }
    // The worst goes to the end, again and again.
    while (count > 1) {
      count--;
      const v = load<f64>(values + (count << 3));
      const c = <usize>load<i32>(classes + (count << 2));
      put(count, load<f64>(values), <usize>load<i32>(classes));
      sink(count, v, c);
    }
  }
}

@inline function put(at: usize, v: f64, c: usize): void {
  store<f64>(values + (at << 3), v);
  store<i32>(classes + (at << 2), <i32>c);
}

/** Whether what stands at `at` is worse than v at c: smaller, or equal and later. */
@inline function isWorse(at: usize, v: f64, c: usize): bool {
  const own = load<f64>(values + (at << 3));
  return own < v || (own == v && <usize>load<i32>(classes + (at << 2)) > c);
}

/** Puts a value where the heap ends, and what is better above it below. */
function rise(at: usize, v: f64, c: usize): void {
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (isWorse(parent, v, c)) break;
    put(at, load<f64>(values + (parent << 3)), <usize>load<i32>(classes + (parent << 2)));
    at = parent;
  }
  put(at, v, c);
}

/** Puts a value in place of the worst of `count`. */
function sink(count: usize, v: f64, c: usize): void {
  let at: usize = 0;
  for (;;) {
    let child: usize = 2 * at + 1;
    if (child >= count) break;
    const next = child + 1;
    if (next < count && isWorse(next, load<f64>(values + (child << 3)), <usize>load<i32>(classes + (child << 2)))) child = next;
    if (!isWorse(child, v, c)) break;
    put(at, load<f64>(values + (child << 3)), <usize>load<i32>(classes + (child << 2)));
    at = child;
  }
  put(at, v, c);
}
