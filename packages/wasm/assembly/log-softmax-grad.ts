import { unbounded, undefinedGradient } from './degenerate';
import { constants } from './exp';
import { isLifted, subtractFaint } from './faint';
import { madd, sumOfLanes, widened } from './simd';
import { shareOf, spread } from './spread';
import { dots } from './states';
import { first, last, meet, stateOf } from './team';
import { BLOCK, STATE_DOT, TEMPERATURE } from './workspace';

/** dx = ±(dy − p·Σ dy)/T over the entries above −inf; the others get 0, and their dy is not used. */
export function logSoftmaxGrad(
  w: usize, x: usize, mask: usize, dy: usize, dx: usize, rows: usize, n: usize,
  negate: bool, temperatures: usize, sinks: usize,
): void {
  const size = n << 2;
  for (let r: usize = 0; r < rows; r++, x += size, dy += size, dx += size) {
    if (temperatures) {
      const t = load<f32>(temperatures + (r << 2));
      if (t != load<f32>(w, TEMPERATURE)) constants(w, t);
    }
    const hidden = mask ? mask + r * n : 0;
    const sink: f32 = sinks ? load<f32>(sinks + (r << 2)) : -Infinity;
    if (spread(w, x, hidden, dx, n, negate, sink) != 0) {
      undefinedGradient<f32>(x, hidden, dx, n, negate, false);
      continue;
    }
    const impossible: f32 = negate ? Infinity : -Infinity;
    for (let start = first(n), end = last(n); start < end; start += BLOCK) {
      const at = start << 2;
      const sum = total(x + at, hidden ? hidden + start : 0, dy + at, min(BLOCK, n - start), impossible);
      store<f64>(stateOf(w, start), sum, STATE_DOT);
    }
    meet();
    const all = dots(w, n);
    if (!(Math.abs(all) < Infinity) && unbounded<f32>(x, hidden, dy, dx, n, negate, first(n), min(last(n), n))) continue;
    const u = (negate ? -1 : 1) / <f64>load<f32>(w, TEMPERATURE);
    const lifted = isLifted(all * u);
    for (let start = first(n), end = last(n); start < end; start += BLOCK) {
      const at = start << 2;
      const length = min(BLOCK, n - start);
      const mask = hidden ? hidden + start : 0;
      subtract(dx + at, dy + at, length, all * shareOf(w, start) * u, u);
      if (lifted) subtractFaint(x + at, mask, dx + at, dy + at, length, all, u);
      clear(x + at, mask, dx + at, length, impossible);
    }
  }
}

/** Σ dy, each as float64. */
function total(x: usize, mask: usize, dy: usize, n: usize, impossible: f32): f64 {
  const lowest = f32x4.splat(impossible);
  let sum = f64x2.splat(0);
  let k: usize = 0;
  if (mask == 0)
    for (const whole = n & ~3; k < whole; k += 4) {
      const v = v128.and(v128.load(dy + (k << 2)), f32x4.ne(v128.load(x + (k << 2)), lowest));
      sum = f64x2.add(sum, widened(v));
    }
  let all = sumOfLanes(sum);
  for (; k < n; k++)
    if ((mask == 0 || load<u8>(mask + k)) && load<f32>(x + (k << 2)) != impossible)
      all += <f64>load<f32>(dy + (k << 2));
  return all;
}

/** dy·u − e·factor in place of e; in float64 where the factor or the product may leave float32, e being up to 2⁶³. */
function subtract(e: usize, dy: usize, n: usize, factor: f64, u: f64): void {
  const size = Math.abs(factor);
  // e·factor < 2⁻¹⁵⁰ rounds to 0.
  if (size < 1e-65 || (size > 1e-30 && size < 1e17)) return subtractSingle(e, dy, n, factor, <f32>u);
  for (const end = e + (n << 2); e < end; e += 4, dy += 4)
    store<f32>(e, <f32>(<f64>load<f32>(dy) * u - <f64>load<f32>(e) * factor));
}

function subtractSingle(e: usize, dy: usize, n: usize, factor: f64, u: f32): void {
  const f = f32x4.splat(<f32>-factor);
  const g = f32x4.splat(u);
  let i: usize = 0;
  const end = n << 2;
  for (const whole = end & ~15; i < whole; i += 16)
    v128.store(e + i, madd(v128.load(e + i), f, f32x4.mul(v128.load(dy + i), g)));
  for (; i < end; i += 4) store<f32>(e + i, load<f32>(dy + i) * u - load<f32>(e + i) * <f32>factor);
}

/** y = 0 where x is impossible. */
function clear(x: usize, mask: usize, y: usize, n: usize, impossible: f32): void {
  const lowest = f32x4.splat(impossible);
  let k: usize = 0;
  if (mask == 0)
    for (const whole = n & ~3; k < whole; k += 4) {
      const none = f32x4.eq(v128.load(x + (k << 2)), lowest);
      if (v128.any_true(none)) v128.store(y + (k << 2), v128.andnot(v128.load(y + (k << 2)), none));
    }
  for (; k < n; k++)
    if ((mask != 0 && !load<u8>(mask + k)) || load<f32>(x + (k << 2)) == impossible)
      store<f32>(y + (k << 2), 0);
}
