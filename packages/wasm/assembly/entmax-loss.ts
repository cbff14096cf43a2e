import { undefinedGradient } from './degenerate';
import { above } from './entmax';
import { prepare } from './logits';
import { maximum } from './maximum';
import { drop, findThreshold, low } from './threshold';

/**
 * The losses of `rows` rows in float64, a sum without a negative term: Σ_{c ≠ y} p_c^α/α, the divergence of p_y from 1,
 * and where p_y = 0 how far x_y is below the threshold (Blondel, Martins & Niculae 2020, §3). With r = Σ_{c ≠ y} p_c the
 * divergence is r²/2, or for α = 1.5, w = √p_y, (1 − w)²(1 + w/2)/0.75, 1 − w = r/(1 + w). dx = scale·(p − e_y).
 */
export function entmaxLoss(
  x: usize, mask: usize, classes: usize, weights: usize, dy: usize, losses: usize, dx: usize,
  rows: usize, n: usize, denominator: f64, half: bool, room: usize,
): void {
  const size = n << 2;
  // A masked row is prepared after the candidates.
  const spare = room + (n << 3);
  for (let r: usize = 0; r < rows; r++, x += size) {
    const weight = <f64>load<f32>(weights + (r << 2));
    const to = dx ? dx + r * size : 0;
    store<f64>(losses + (r << 3), 0);
    if (weight == 0) {
      if (to) memory.fill(to, 0, size);
      continue;
    }
    const hidden = mask ? mask + r * n : 0;
    const from = hidden ? spare : x;
    if (hidden) prepare(x, hidden, from, n, false, 0);
    const top = maximum(from, n);
    if (!(abs(top) < Infinity)) {
      store<f64>(losses + (r << 3), NaN);
      if (to) undefinedGradient<f32>(x, hidden, to, n, false, false);
      continue;
    }
    findThreshold(from, n, top, half, room);
    const y = <usize>load<i32>(classes + (r << 2));
    const scale = (weight * (dy ? <f64>load<f32>(dy + (r << 2)) : 1)) / denominator;
    let loss: f64 = 0;
    let rest: f64 = 0;
    for (let k: usize = 0; k < n; k++) {
      const u = above(load<f32>(from + (k << 2)));
      const p = half ? 0.25 * u * u : u;
      if (to) store<f32>(to + (k << 2), u == 0 ? 0 : <f32>(p * scale));
      if (k == y || u == 0) continue;
      rest += p;
      loss += half ? (0.5 * u * p) / 1.5 : 0.5 * p * p;
    }
    const own = load<f32>(from + (y << 2));
    const u = above(own);
    const w = 0.5 * u;
    const away = rest / (1 + w);
    loss += half ? (away * away * (1 + 0.5 * w)) / 0.75 : 0.5 * rest * rest;
    if (u == 0) loss += max(low - <f64>own - drop, 0);
    store<f64>(losses + (r << 3), weight * loss);
    if (to) store<f32>(to + (y << 2), own == -Infinity || rest == 0 ? 0 : <f32>(-rest * scale));
  }
}
