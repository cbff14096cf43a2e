import { degenerate, NAN, undefinedGradient, ZERO } from './degenerate';
import { prepare } from './logits';
import { maximum } from './maximum';
import { highHalf } from './simd';
import { drop, findThreshold, low } from './threshold';

/** u = a + v of one value, and 0 outside of the support: p = u, or for α = 1.5 (u/2)². */
@inline export function above(x: f32): f64 {
  const v = <f64>x;
  return v >= low ? v - low + drop : 0;
}

/** Sparsemax, or where `half` entmax at α = 1.5, of `rows` rows. A masked row is prepared in y. */
export function entmax(x: usize, mask: usize, y: usize, rows: usize, n: usize, half: bool, room: usize): void {
  const size = n << 2;
  for (let r: usize = 0; r < rows; r++, x += size, y += size) {
    const hidden = mask ? mask + r * n : 0;
    if (hidden) prepare(x, hidden, y, n, false, 0);
    const from = hidden ? y : x;
    const max = maximum(from, n);
    if (!(abs(max) < Infinity)) {
      degenerate<f32>(max, hidden, y, n, ZERO, NAN, false);
      continue;
    }
    findThreshold(from, n, max, half, room);
    probabilities(from, y, n, half);
  }
}

/** The support's p in float64, rounded once. */
function probabilities(x: usize, y: usize, n: usize, half: bool): void {
  const least = f32x4.splat(<f32>low);
  const l = f64x2.splat(low);
  const d = f64x2.splat(drop);
  const quarter = f64x2.splat(0.25);
  let k: usize = 0;
  for (const whole = n & ~3; k < whole; k += 4) {
    const v = v128.load(x + (k << 2));
    const inside = f32x4.ge(v, least);
    if (!v128.any_true(inside)) {
      v128.store(y + (k << 2), f32x4.splat(0));
      continue;
    }
    let a = f64x2.add(f64x2.sub(f64x2.promote_low_f32x4(v), l), d);
    let b = f64x2.add(f64x2.sub(f64x2.promote_low_f32x4(highHalf(v)), l), d);
    if (half) {
      a = f64x2.mul(f64x2.mul(a, a), quarter);
      b = f64x2.mul(f64x2.mul(b, b), quarter);
    }
    const p = v128.shuffle<f64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
    v128.store(y + (k << 2), v128.and(p, inside));
  }
  for (; k < n; k++) {
    const u = above(load<f32>(x + (k << 2)));
    store<f32>(y + (k << 2), <f32>(half ? 0.25 * u * u : u));
  }
}

/**
 * dx = s ∘ (dy − Σ s·dy/Σ s), s = 1, or √p, on the support. Relative to the dy of the largest s, that entry adds
 * nothing to the sum.
 */
export function entmaxGrad(
  x: usize, mask: usize, dy: usize, dx: usize, rows: usize, n: usize, half: bool, room: usize,
): void {
  const size = n << 2;
  for (let r: usize = 0; r < rows; r++, x += size, dy += size, dx += size) {
    const hidden = mask ? mask + r * n : 0;
    if (hidden) prepare(x, hidden, dx, n, false, 0);
    const from = hidden ? dx : x;
    const max = maximum(from, n);
    if (!(abs(max) < Infinity)) {
      undefinedGradient<f32>(x, hidden, dx, n, false, false);
      continue;
    }
    findThreshold(from, n, max, half, room);
    let at: usize = 0;
    while (load<f32>(from + (at << 2)) != max) at++;
    const origin = <f64>load<f32>(dy + (at << 2));
    let weight: f64 = 0;
    let sum: f64 = 0;
    for (let i: usize = 0; i < size; i += 4) {
      const u = above(load<f32>(from + i));
      if (u == 0) continue;
      const s = half ? 0.5 * u : 1;
      weight += s;
      sum += s * (<f64>load<f32>(dy + i) - origin);
    }
    const mean = sum / weight;
    for (let i: usize = 0; i < size; i += 4) {
      const u = above(load<f32>(from + i));
      const s = half ? 0.5 * u : 1;
      store<f32>(dx + i, u == 0 ? 0 : <f32>(s * (<f64>load<f32>(dy + i) - origin - mean)));
    }
  }
}
