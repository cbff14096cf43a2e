import { heap, placeAt, put, rise, sink, valueAt } from './heap';

/** The places of the k largest x + g of each of `rows` rows of float64, largest first, among equal ones the first; `room` takes k. */
export function gumbelTopK(
  x: usize, noise: usize, mask: usize, to: usize, rows: usize, n: usize, k: usize, room: usize,
): void {
  const size = n << 3;
  for (let r: usize = 0; r < rows; r++, x += size, noise += size, to += k << 2) {
    // The k best so far.
    heap(room, to);
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
        if (count < k) rise(count++, v, <u32>d);
        else sink(k, v, <u32>d);
        if (count == k) bar = valueAt(0);
      }
    }
    // The worst goes to the end, again and again.
    while (count > 1) {
      count--;
      const v = valueAt(count);
      const c = placeAt(count);
      put(count, valueAt(0), placeAt(0));
      sink(count, v, c);
    }
  }
}
