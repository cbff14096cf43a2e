import { count, peak, placeOf, replace, valueOf } from './candidates';
import { degenerate, NAN, undefinedGradient, ZERO } from './degenerate';
import { binadesOf } from './double-distribution';
import { addToSum, clearSum, sumOf } from './double-row';
import { bytesOf, read, write } from './floats';
import { baseOf, certain, findThreshold, shareOf, weightOf } from './threshold';

/**
 * α-entmax of `rows` rows. `room` takes 12 bytes for each value of a row, `doubts` a 1 for each row that
 * is not certain.
 */
export function entmax(
  x: usize, mask: usize, y: usize, rows: usize, n: usize, wide: bool, alpha: f64, room: usize, doubts: usize,
): void {
  const size = bytesOf(n, wide);
  for (let r: usize = 0; r < rows; r++, x += size, y += size) {
    const hidden = mask ? mask + r * n : 0;
    if (!findThreshold(x, hidden, n, wide, alpha, room)) {
      if (wide) degenerate<f64>(peak, hidden, y, n, ZERO, NAN, false);
      else degenerate<f32>(peak, hidden, y, n, ZERO, NAN, false);
      continue;
    }
    if (!certain) store<u8>(doubts + r, 1);
    memory.fill(y, 0, size);
    for (let c: usize = 0; c < count; c++) {
      const z = valueOf(c);
      write(y, placeOf(c), shareOf(z, baseOf(z)), wide);
    }
  }
}

/** The gradient of a row without a finite maximum. */
export function undefined(x: usize, mask: usize, dx: usize, n: usize, wide: bool): void {
  if (wide) undefinedGradient<f64>(x, mask, dx, n, false, false);
  else undefinedGradient<f32>(x, mask, dx, n, false, false);
}

/**
 * dx = s ∘ (dy − Σ s·dy/Σ s), s = p^{2 − α} = p/u, on the support. Relative to the dy of the largest s, that entry adds
 * nothing to the sum, and nothing cancels where its s is far above the others.
 */
export function entmaxGrad(
  x: usize, mask: usize, dy: usize, dx: usize, rows: usize, n: usize, wide: bool, alpha: f64, room: usize,
  doubts: usize,
): void {
  const size = bytesOf(n, wide);
  for (let r: usize = 0; r < rows; r++, x += size, dy += size, dx += size) {
    const hidden = mask ? mask + r * n : 0;
    if (!findThreshold(x, hidden, n, wide, alpha, room)) {
      undefined(x, hidden, dx, n, wide);
      continue;
    }
    if (!certain) store<u8>(doubts + r, 1);
    memory.fill(dx, 0, size);
    let top: f64 = 0;
    let at: usize = 0;
    let most: f64 = 0;
    for (let c: usize = 0; c < count; c++) {
      const z = valueOf(c);
      const u = baseOf(z);
      const p = shareOf(z, u);
      const s = weightOf(z, u, p);
      replace(c, s);
      if (s > 0) most = max(most, Math.abs(read(dy, placeOf(c), wide)));
      if (s <= top) continue;
      top = s;
      at = placeOf(c);
    }
    // A dy that is NaN or infinite is left to the reference.
    if (!(most < Infinity)) store<u8>(doubts + r, 1);
    const by = binadesOf(most);
    const origin = read(dy, at, wide) * by;
    clearSum();
    for (let c: usize = 0; c < count; c++) addToSum(valueOf(c) / top);
    const weight = sumOf();
    clearSum();
    for (let c: usize = 0; c < count; c++)
      if (valueOf(c) > 0) addToSum((valueOf(c) / top) * (read(dy, placeOf(c), wide) * by - origin));
    const mean = sumOf() / weight;
    for (let c: usize = 0; c < count; c++) {
      const s = valueOf(c);
      if (s == 0) continue;
      const d = read(dy, placeOf(c), wide) * by - origin - mean;
      // Where s > 1 overflows first, the result does.
      write(dx, placeOf(c), by < 1 && s > 1 ? s * (d / by) : (s / by) * d, wide);
    }
  }
}
