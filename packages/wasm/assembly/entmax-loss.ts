import { count, placeOf, replace, valueOf } from './candidates';
import { addToSum, clearSum, sumOf } from './double-row';
import { undefined } from './entmax';
import { bytesOf, read, write } from './floats';
import { base, baseOf, certain, findThreshold, logarithmOf, origin, shareOf } from './threshold';

/**
 * The losses of `rows` rows in float64, a sum without a negative term: Σ_{c ≠ y} p_c^α/α, p^α = p·u, the divergence of
 * p_y from 1, and where p_y = 0 how far x_y is below the threshold (Blondel, Martins & Niculae 2020, §3).
 * dx = (p − e_y)·weight/denominator·dy, 1 − p_y = Σ_{c ≠ y} p_c.
 */
export function entmaxLoss(
  x: usize, mask: usize, classes: usize, weights: usize, dy: usize, losses: usize, dx: usize,
  rows: usize, n: usize, denominator: f64, wide: bool, alpha: f64, room: usize, doubts: usize,
): void {
  const size = bytesOf(n, wide);
  for (let r: usize = 0; r < rows; r++, x += size) {
    const weight = read(weights, r, wide);
    const to = dx ? dx + r * size : 0;
    const hidden = mask ? mask + r * n : 0;
    if (to) memory.fill(to, 0, size);
    store<f64>(losses + (r << 3), 0);
    if (weight == 0) continue;
    if (!findThreshold(x, hidden, n, wide, alpha, room)) {
      store<f64>(losses + (r << 3), NaN);
      if (to) undefined(x, hidden, to, n, wide);
      continue;
    }
    if (!certain) store<u8>(doubts + r, 1);
    const y = <usize>load<i32>(classes + (r << 2));
    const part = weight / denominator;
    const g = dy ? read(dy, r, wide) : 1;
    const own = read(x, y, wide);
    clearSum();
    for (let c: usize = 0; c < count; c++) {
      const k = placeOf(c);
      const z = valueOf(c);
      const u = baseOf(z);
      const p = shareOf(z, u);
      replace(c, k == y || p == 0 ? 0 : p * u);
      if (k != y) addToSum(p);
      if (to && p > 0) write(to, k, p * part * g, wide);
    }
    const rest = sumOf();
    clearSum();
    for (let c: usize = 0; c < count; c++) addToSum(valueOf(c) / alpha);
    const s = alpha - 1;
    if (baseOf(own) > 0) addToSum(divergence(own, rest, s));
    else {
      addToSum(max<f64>(origin - own - base / s, 0));
      addToSum(1 / (alpha * s));
    }
    store<f64>(losses + (r << 3), weight * sumOf());
    if (to) write(to, y, own == -Infinity || rest == 0 ? 0 : -rest * part * g, wide);
  }
}

/**
 * ∫₀^r t(1 − t)^{s − 1} dt, r = 1 − p: (1 − u·(1 + s·r))/(s(1 + s)), u = p^s, which does not underflow where p does. Where
 * u is near 1, −(r + l·(1 + s·r))/(1 + s), l = (u − 1)/s, and where r is small the series.
 */
function divergence(z: f64, r: f64, s: f64): f64 {
  if (r * max<f64>(1, s) < 0.5) {
    let sum: f64 = 0;
    let term = r * r;
    for (let n: f64 = 1; sum + term != sum; n++) {
      sum += term / (n + 1);
      term *= (r * (n - s)) / n;
    }
    return sum;
  }
  const u = baseOf(z);
  if (u < 0.5) return (1 - u * (1 + s * r)) / (s * (1 + s));
  return -(r + logarithmOf(z) * (1 + s * r)) / (1 + s);
}
