import { unbounded, undefinedGradient } from './degenerate';
import { constants } from './exp';
import { centreFaint, faintProduct, isEndless, isLifted } from './faint';
import { highHalf, sumOfLanes, widened } from './simd';
import { shareOf, spread } from './spread';
import { dots } from './states';
import { first, last, meet, stateOf } from './team';
import { BLOCK, STATE, STATE_DOT, STATE_SIZE, TEMPERATURE } from './workspace';

/** Float32 is summed over this many bytes of a row in two vectors, 8 values a lane, and then added in float64. */
const RUN: usize = 256;

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
    if (spread(w, x, hidden, dx, n, negate, sink) != 0) {
      undefinedGradient<f32>(x, hidden, dx, n, negate, false);
      continue;
    }
    for (let start = first(n), end = last(n); start < end; start += BLOCK) {
      const share = shareOf(w, start);
      const at = start << 2;
      const length = min(BLOCK, n - start);
      const sum = product(dx + at, dy + at, length);
      let dot = share == 0 ? 0 : share * sum;
      dot += faintProduct(x + at, 0, hidden ? hidden + start : 0, dx + at, dy + at, length, dot, largest);
      store<f64>(stateOf(w, start), dot, STATE_DOT);
      store<u32>(stateOf(w, start), largest, STATE_SIZE);
    }
    meet();
    const mean = dots(w, n);
    const t = <f64>load<f32>(w, TEMPERATURE);
    const sign: f64 = negate ? -1 : 1;
    const bits = largestOf(w, n);
    if (isEndless(bits) && unbounded<f32>(x, hidden, dy, dx, n, negate, first(n), min(last(n), n))) continue;
    const most = <f64>reinterpret<f32>(bits) + Math.abs(mean);
    const lifted = isLifted(most / t);
    for (let start = first(n), end = last(n); start < end; start += BLOCK) {
      const at = start << 2;
      const length = min(BLOCK, n - start);
      centre(dx + at, dy + at, length, mean, (sign * shareOf(w, start)) / t, most);
      if (lifted)
        centreFaint(x + at, 0, hidden ? hidden + start : 0, dx + at, dy + at, length, mean, sign / t, bits);
    }
  }
}

/**
 * Σ e·dy over the entries with an exponential above 0; in float64 where a cotangent is too large for e·dy in float32, or
 * is NaN or infinite beside an exponential of 0. Sets `largest`.
 */
export function product(e: usize, dy: usize, n: usize): f64 {
  const sum = singleProduct(e, dy, n);
  if (Math.abs(sum) < Infinity && !isEndless(largest)) return sum;
  let wide: f64 = 0;
  for (const end = e + (n << 2); e < end; e += 4, dy += 4) {
    const v = <f64>load<f32>(e);
    if (v > 0) wide += v * <f64>load<f32>(dy);
  }
  return wide;
}

/** The largest bits of |dy| in the last product, beside exponentials of 0 too; those of Infinity and NaN are the largest. */
export let largest: u32 = 0;

/** The largest bits of |dy| in the row. */
function largestOf(w: usize, n: usize): u32 {
  let bits: u32 = 0;
  let state = stateOf(w, 0);
  for (let start: usize = 0; start < n; start += BLOCK, state += STATE)
    bits = max(bits, load<u32>(state, STATE_SIZE));
  return bits;
}

function singleProduct(e: usize, dy: usize, n: usize): f64 {
  const zero = f32x4.splat(0);
  const magnitude = i32x4.splat(0x7fffffff);
  let most = zero;
  let sum = f64x2.splat(0);
  let i: usize = 0;
  const end = n << 2;
  const pairs = end & ~31;
  while (i < pairs) {
    const stop = min(pairs, i + RUN);
    let even = zero;
    let odd = zero;
    for (; i < stop; i += 32) {
      const a = v128.load(dy + i);
      const b = v128.load(dy + i, 16);
      even = f32x4.add(even, f32x4.mul(v128.load(e + i), a));
      odd = f32x4.add(odd, f32x4.mul(v128.load(e + i, 16), b));
      most = i32x4.max_u(most, i32x4.max_u(v128.and(a, magnitude), v128.and(b, magnitude)));
    }
    sum = f64x2.add(sum, widened(f32x4.add(even, odd)));
  }
  let all = sumOfLanes(sum);
  let bits = maxOfBits(most);
  for (; i < end; i += 4) {
    const v = load<f32>(e + i);
    const d = load<f32>(dy + i);
    all += <f64>v * <f64>d;
    bits = max(bits, reinterpret<u32>(d) & 0x7fffffff);
  }
  largest = bits;
  return all;
}

@inline function maxOfBits(v: v128): u32 {
  const pair = i32x4.max_u(v, highHalf(v));
  return max(<u32>i32x4.extract_lane(pair, 0), <u32>i32x4.extract_lane(pair, 1));
}

/**
 * e·(dy − mean)·factor in place of e, in float64 with one rounding at the end: what is left of the error is that of
 * the exponential and of the mean, up to twice each, as |dy − mean| may be 2·|dy|. Where e is so small that the result
 * is below 2⁻¹⁵⁰, |dy − mean| ≤ most, it is 0, and no arithmetic of subnormal numbers is needed.
 */
export function centre(e: usize, dy: usize, n: usize, mean: f64, factor: f64, most: f64): void {
  const bound = <f32>(7.00648e-46 / (most * Math.abs(factor)));
  // Where `most` is NaN, that of a masked entry, only e = 0 is known.
  const low: f32 = bound >= 0 ? bound : 0;
  const least = f32x4.splat(low);
  const m = f64x2.splat(mean);
  const f = f64x2.splat(factor);
  let i: usize = 0;
  const end = n << 2;
  for (const whole = end & ~15; i < whole; i += 16) {
    const own = v128.load(e + i);
    const matters = f32x4.gt(own, least);
    const v = v128.and(own, matters);
    const g = v128.load(dy + i);
    const lower = f32x4.demote_f64x2_zero(centred(v, g, m, f));
    const upper = f32x4.demote_f64x2_zero(centred(highHalf(v), highHalf(g), m, f));
    v128.store(e + i, v128.and(v128.shuffle<f64>(lower, upper, 0, 2), matters));
  }
  for (; i < end; i += 4) {
    const v = load<f32>(e + i);
    store<f32>(e + i, v > low ? <f32>(<f64>v * (<f64>load<f32>(dy + i) - mean) * factor) : 0);
  }
}

@inline function centred(e: v128, dy: v128, mean: v128, factor: v128): v128 {
  const d = f64x2.sub(f64x2.promote_low_f32x4(dy), mean);
  return f64x2.mul(f64x2.mul(f64x2.promote_low_f32x4(e), d), factor);
}
