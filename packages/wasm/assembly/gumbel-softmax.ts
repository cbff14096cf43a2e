import { degenerate, NAN, unbounded, undefinedGradient, ZERO } from './degenerate';
import { exponentials } from './exponentials';
import { centreFaint, faintProduct, isEndless, isLifted, setFaintRow } from './faint';
import { centre, largest, product } from './softmax-grad';
import { scale } from './scale';
import { sumOfLanes, widened } from './simd';
import { BLOCK, PREPARED, REACH, TEMPERATURE } from './workspace';

/** The largest x + g of the row, a sum in float64. */
let top: f64 = 0;

/** softmax((x + g)/T) of `rows` rows, or where `hard` 1 at the first maximum. */
export function gumbelSoftmax(
  w: usize, x: usize, noise: usize, mask: usize, y: usize, rows: usize, n: usize, hard: bool,
): void {
  const size = n << 2;
  for (let r: usize = 0; r < rows; r++, x += size, noise += size, y += size) {
    const hidden = mask ? mask + r * n : 0;
    if (!findTop(x, noise, hidden, n)) degenerate<f32>(<f32>top, hidden, y, n, ZERO, NAN, false);
    else if (hard) {
      memory.fill(y, 0, size);
      store<f32>(y + topAt(x, noise, hidden), 1);
    } else scale(y, n, 1 / perturbed(w, x, noise, hidden, y, n));
  }
}

/** dx = p ∘ (dy − Σ p·dy)/T at the same noise. */
export function gumbelSoftmaxGrad(
  w: usize, x: usize, noise: usize, mask: usize, dy: usize, dx: usize, rows: usize, n: usize,
): void {
  const size = n << 2;
  const t = <f64>load<f32>(w, TEMPERATURE);
  for (let r: usize = 0; r < rows; r++, x += size, noise += size, dy += size, dx += size) {
    const hidden = mask ? mask + r * n : 0;
    if (!findTop(x, noise, hidden, n)) {
      undefinedGradient<f32>(x, hidden, dx, n, false, false);
      continue;
    }
    const sum = perturbed(w, x, noise, hidden, dx, n);
    const share = 1 / sum;
    setFaintRow(w, 0, sum, top, false);
    const dot = product(dx, dy, n);
    if (isEndless(largest) && unbounded<f32>(x, hidden, dy, dx, n, false, 0, n)) continue;
    let mean = share * dot;
    for (let start: usize = 0; start < n; start += BLOCK) {
      const at = start << 2;
      mean += faintProduct(
        x + at, noise + at, hidden ? hidden + start : 0, dx + at, dy + at, min(BLOCK, n - start), mean, largest,
      );
    }
    const most = <f64>reinterpret<f32>(largest) + Math.abs(mean);
    centre(dx, dy, n, mean, share / t, most);
    if (!isLifted(most / t)) continue;
    for (let start: usize = 0; start < n; start += BLOCK) {
      const at = start << 2;
      centreFaint(
        x + at, noise + at, hidden ? hidden + start : 0, dx + at, dy + at, min(BLOCK, n - start), mean, 1 / t, largest,
      );
    }
  }
}

/** x + g of two values, a sum in float64. */
@inline function perturbedPair(x: usize, noise: usize, k: usize): v128 {
  const v = f64x2.promote_low_f32x4(v128.load64_zero(x + (k << 2)));
  return f64x2.add(v, f64x2.promote_low_f32x4(v128.load64_zero(noise + (k << 2))));
}

/** False where the maximum is no finite number. */
function findTop(x: usize, noise: usize, mask: usize, n: usize): bool {
  let most = f64x2.splat(-Infinity);
  let bad = f64x2.splat(0);
  let k: usize = 0;
  if (mask == 0)
    for (const whole = n & ~1; k < whole; k += 2) {
      const v = perturbedPair(x, noise, k);
      bad = v128.or(bad, f64x2.ne(v, v));
      most = f64x2.pmax(most, v);
    }
  top = v128.any_true(bad) ? NaN : max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  for (; k < n; k++)
    if (mask == 0 || load<u8>(mask + k) != 0)
      top = max(top, <f64>load<f32>(x + (k << 2)) + <f64>load<f32>(noise + (k << 2)));
  return Math.abs(top) < Infinity;
}

/** Where the first maximum stands. */
function topAt(x: usize, noise: usize, mask: usize): usize {
  let i: usize = 0;
  while (<f64>load<f32>(x + i) + <f64>load<f32>(noise + i) != top || (mask != 0 && !load<u8>(mask + (i >> 2)))) i += 4;
  return i;
}

/**
 * exp((x + g − top)/T)·2^BIAS in y, and the sum of them. d = x + g − top in float64 is h + l, two float32, and
 * e^{d/T} = e^{h/T}·(1 + l/T): where e^{h/T} is no 0, |h| ≤ 108·T and |l/T| ≤ 108·2⁻²⁴, whose square is below 2⁻³⁴.
 */
function perturbed(
  w: usize, x: usize, noise: usize, mask: usize, y: usize, n: usize,
): f64 {
  const least = -load<f32>(w, REACH);
  const u = <f32>(1 / <f64>load<f32>(w, TEMPERATURE));
  const low = w + PREPARED;
  let sum: f64 = 0;
  for (let start: usize = 0; start < n; start += BLOCK) {
    const length = min(BLOCK, n - start);
    const at = start << 2;
    split(x + at, noise + at, mask ? mask + start : 0, y + at, low, length);
    exponentials(w, y + at, y + at, length, 0, least);
    sum += corrected(y + at, low, length, u);
  }
  return sum;
}

/** x + g − top as two float32; −∞ where that is impossible. */
function split(x: usize, noise: usize, mask: usize, high: usize, low: usize, n: usize): void {
  const t = f64x2.splat(top);
  let k: usize = 0;
  if (mask == 0)
    for (const whole = n & ~1; k < whole; k += 2) {
      const d = f64x2.sub(perturbedPair(x, noise, k), t);
      const h = f32x4.demote_f64x2_zero(d);
      v128.store64_lane(high + (k << 2), h, 0);
      v128.store64_lane(low + (k << 2), f32x4.demote_f64x2_zero(f64x2.sub(d, f64x2.promote_low_f32x4(h))), 0);
    }
  for (; k < n; k++) {
    const at = k << 2;
    const hidden = mask != 0 && !load<u8>(mask + k);
    const d = hidden ? -Infinity : <f64>load<f32>(x + at) + <f64>load<f32>(noise + at) - top;
    store<f32>(high + at, <f32>d);
    store<f32>(low + at, <f32>(d - <f64><f32>d));
  }
}

/** e·(1 + l·u) in place of e, and their sum; l of an e of 0 may be NaN. */
function corrected(e: usize, low: usize, n: usize, u: f32): f64 {
  const factor = f32x4.splat(u);
  const zero = f32x4.splat(0);
  let sum = f64x2.splat(0);
  let i: usize = 0;
  const end = n << 2;
  for (const whole = end & ~15; i < whole; i += 16) {
    const v = v128.load(e + i);
    const more = f32x4.mul(v, f32x4.mul(v128.load(low + i), factor));
    const own = v128.and(f32x4.add(v, more), f32x4.gt(v, zero));
    v128.store(e + i, own);
    sum = f64x2.add(sum, widened(own));
  }
  let all = sumOfLanes(sum);
  for (; i < end; i += 4) {
    const v = load<f32>(e + i);
    if (!(v > 0)) continue;
    const own = v + v * (load<f32>(low + i) * u);
    store<f32>(e + i, own);
    all += <f64>own;
  }
  return all;
}
