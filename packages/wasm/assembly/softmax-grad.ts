import { unbounded, undefinedGradient } from './degenerate';
import { constants } from './exp';
import { centreFaint, faintProduct, hasFaint } from './faint';
import { highHalf, sumOfLanes, widened } from './simd';
import { shareOf, spread } from './spread';
import { dots } from './states';
import { first, last, meet, stateOf } from './team';
import { BLOCK, STATE_AT, STATE_DOT, TEMPERATURE } from './workspace';

const RUN: usize = 128;

/** dx = ±p ∘ (dy − Σ p·dy)/T; 0 where a logit is impossible, whose dy is not used. */
export function softmaxGrad(
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
    if (spread(w, x, hidden, dx, n, negate, sink, true) != 0) {
      undefinedGradient<f32>(x, hidden, dx, n, negate, false);
      continue;
    }
    for (let start = first(n), end = last(n); start < end; start += BLOCK) {
      const share = shareOf(w, start);
      const at = start << 2;
      const length = min(BLOCK, n - start);
      const sum = product(dx + at, dy + at, length);
      let dot = share == 0 ? 0 : share * sum;
      if (hasFaint(w, start)) dot += faintProduct(x + at, 0, hidden ? hidden + start : 0, dx + at, dy + at, length, dot);
      store<f64>(stateOf(w, start), dot, STATE_DOT);
      store<u32>(stateOf(w, start), u32(isEndless(dot)), STATE_AT);
    }
    meet();
    const mean = dots(w, n);
    const t = <f64>load<f32>(w, TEMPERATURE);
    const sign: f64 = negate ? -1 : 1;
    if (someEndless(w, n) && unbounded<f32>(x, hidden, dy, dx, n, negate, first(n), min(last(n), n))) continue;
    for (let start = first(n), end = last(n); start < end; start += BLOCK) {
      const at = start << 2;
      const length = min(BLOCK, n - start);
      centre(dx + at, dy + at, length, mean, (sign * shareOf(w, start)) / t);
      if (hasFaint(w, start))
        centreFaint(x + at, 0, hidden ? hidden + start : 0, dx + at, dy + at, length, mean, sign / t);
    }
  }
}

/** Σ e·dy over the entries that are possible; in float64 where a cotangent is too large for e·dy in float32. */
export function product(e: usize, dy: usize, n: usize): f64 {
  const sum = singleProduct(e, dy, n);
  if (Math.abs(sum) < Infinity) return sum;
  let wide: f64 = 0;
  for (const end = e + (n << 2); e < end; e += 4, dy += 4) {
    const v = <f64>load<f32>(e);
    if (v > 0) wide += v * <f64>load<f32>(dy);
  }
  return wide;
}

/** Whether one of the cotangents of the last product is NaN or infinite, that of an exponential 0 among them. */
let someOdd: bool = false;

/** Whether a sum of products is not finite, or would not be if no exponential were 0. */
export function isEndless(sum: f64): bool {
  return someOdd || !(Math.abs(sum) < Infinity);
}

/** Whether a block of the row has found such cotangents. */
function someEndless(w: usize, n: usize): bool {
  for (let start: usize = 0; start < n; start += BLOCK) if (load<u32>(stateOf(w, start), STATE_AT)) return true;
  return false;
}

function singleProduct(e: usize, dy: usize, n: usize): f64 {
  const zero = f32x4.splat(0);
  // d − d is 0, or NaN.
  let odd = zero;
  let rest: f32 = 0;
  let sum = f64x2.splat(0);
  let i: usize = 0;
  const end = n << 2;
  const whole = end & ~15;
  while (i < whole) {
    const stop = min(whole, i + RUN);
    let s = zero;
    for (; i < stop; i += 16) {
      const v = v128.load(e + i);
      const d = v128.load(dy + i);
      s = f32x4.add(s, v128.and(f32x4.mul(v, d), f32x4.gt(v, zero)));
      odd = v128.or(odd, f32x4.sub(d, d));
    }
    sum = f64x2.add(sum, widened(s));
  }
  let all = sumOfLanes(sum);
  for (; i < end; i += 4) {
    const v = load<f32>(e + i);
    const d = load<f32>(dy + i);
    if (v > 0) all += <f64>v * <f64>d;
    rest += d - d;
  }
  someOdd = v128.any_true(odd) || rest != 0;
  return all;
}

/**
 * e·(dy − mean)·factor in place of e, in float64 with one rounding at the end: what is left of the error is that of
 * the exponential and of the mean, up to twice each, as |dy − mean| may be 2·|dy|.
 */
export function centre(e: usize, dy: usize, n: usize, mean: f64, factor: f64): void {
  const m = f64x2.splat(mean);
  const f = f64x2.splat(factor);
  const zero = f32x4.splat(0);
  let i: usize = 0;
  const end = n << 2;
  for (const whole = end & ~15; i < whole; i += 16) {
    const v = v128.load(e + i);
    const g = v128.load(dy + i);
    const low = f32x4.demote_f64x2_zero(centred(v, g, m, f));
    const high = f32x4.demote_f64x2_zero(centred(highHalf(v), highHalf(g), m, f));
    v128.store(e + i, v128.and(v128.shuffle<f64>(low, high, 0, 2), f32x4.gt(v, zero)));
  }
  for (; i < end; i += 4) {
    const v = load<f32>(e + i);
    store<f32>(e + i, v > 0 ? <f32>(<f64>v * (<f64>load<f32>(dy + i) - mean) * factor) : 0);
  }
}

@inline function centred(e: v128, dy: v128, mean: v128, factor: v128): v128 {
  const d = f64x2.sub(f64x2.promote_low_f32x4(dy), mean);
  return f64x2.mul(f64x2.mul(f64x2.promote_low_f32x4(e), d), factor);
}
