import { degenerate, undefinedGradient } from './degenerate';
import { log1p, LOWERED, slopeOfCap } from './double-exp';
import { addToSum, clearSum, exponentials, findTop, logits, NOWHERE, rest, sumOf, sunk, top, topAt } from './double-row';

const HIGH: f64 = reinterpret<f64>((1023 + 900) << 52); // 2^900
const LOWERED_DY: f64 = reinterpret<f64>((1023 - 100) << 52); // 2^-100

/** Probabilities, their logarithms, 1 at the first maximum, and that also where it is ∞. */
const LOG: i32 = 1;
const HARD: i32 = 2;
const HARDMAX: i32 = 3;

/** p = e / Σ e, (v − max)/T − log1p(rest), or one-hot, of `rows` rows in float64; v = x + noise where there is some. */
export function doubleDistribution(
  x: usize, noise: usize, mask: usize, y: usize, rows: usize, n: usize, negate: bool, cap: f64, temperature: f64,
  temperatures: usize, sinks: usize, masked: i32, impossible: i32, kind: i32,
): void {
  const size = n << 3;
  for (let r: usize = 0; r < rows; r++, x += size, y += size) {
    const t = temperatures ? load<f64>(temperatures + (r << 3)) : temperature;
    const sink: f64 = sinks ? load<f64>(sinks + (r << 3)) : -Infinity;
    const hidden = mask ? mask + r * n : 0;
    logits(x, hidden, y, n, negate, cap, noise ? noise + r * size : 0);
    const found = kind < HARD ? exponentials(y, n, t, sink) : findTop(y, n, sink);
    if (!found && !(kind == HARDMAX && top == Infinity))
      degenerate<f64>(top, hidden, y, n, masked, impossible, kind == LOG);
    else if (kind == LOG) {
      logits(x, hidden, y, n, negate, cap);
      logarithms(y, n, t, log1p(rest));
    } else if (kind >= HARD) {
      memory.fill(y, 0, size);
      store<f64>(y + (topAt << 3), 1);
    } else scale(y, n, LOWERED / (1 + rest));
  }
}

/** y·factor in place. */
export function scale(y: usize, n: usize, factor: f64): void {
  const f = f64x2.splat(factor);
  let k: usize = 0;
  for (const whole = n & ~1; k < whole; k += 2) v128.store(y + (k << 3), f64x2.mul(v128.load(y + (k << 3)), f));
  if (k < n) store<f64>(y + (k << 3), load<f64>(y + (k << 3)) * factor);
}

/** Half of the difference, which cannot overflow, over half of T. */
function logarithms(y: usize, n: usize, t: f64, log: f64): void {
  for (const end = y + (n << 3); y < end; y += 8) {
    const v = load<f64>(y);
    let d: f64 = 0;
    if (v == -Infinity) d = v;
    else if (v != top) d = t == 1 ? v - top : (v / 2 - top / 2) / (t / 2);
    store<f64>(y, d - log);
  }
}

/**
 * dx = p ∘ (dy − Σ p·dy)/T, or where `log` (dy − p·Σ dy)/T, and on through the sign and the cap. Relative to the dy of
 * the likeliest entry, that entry adds nothing to the sum, and nothing cancels where p is close to one-hot.
 */
export function doubleDistributionGrad(
  x: usize, noise: usize, mask: usize, dy: usize, dx: usize, rows: usize, n: usize, negate: bool, cap: f64, temperature: f64,
  temperatures: usize, sinks: usize, log: bool,
): void {
  const size = n << 3;
  for (let r: usize = 0; r < rows; r++, x += size, dy += size, dx += size) {
    const t = temperatures ? load<f64>(temperatures + (r << 3)) : temperature;
    const hidden = mask ? mask + r * n : 0;
    logits(x, hidden, dx, n, negate, cap, noise ? noise + r * size : 0);
    if (!exponentials(dx, n, t, sinks ? load<f64>(sinks + (r << 3)) : -Infinity)) {
      undefinedGradient<f64>(x, hidden, dx, n, negate, false);
      continue;
    }
    if (log) ofLogarithms(x, hidden, dy, dx, n, negate ? Infinity : -Infinity);
    else ofProbabilities(dy, dx, n);
    for (let k: usize = 0; k < n; k++) {
      const at = dx + (k << 3);
      let g = load<f64>(at);
      if (g == 0) continue;
      g = t == 0 ? 0 : ((negate ? -g : g) / t);
      store<f64>(at, cap > 0 ? g * slopeOfCap(load<f64>(x + (k << 3)), cap) : g);
    }
  }
}

/**
 * The power of two that keeps differences, sums and products of cotangents within float64, which goes in 100 binades
 * towards 1 where the largest is beyond 2^±900. Those of an exponential 0, or where `e` is 0 of an impossible logit, are
 * not read.
 */
function magnitude(x: usize, mask: usize, dy: usize, e: usize, n: usize, impossible: f64): f64 {
  let largest: f64 = 0;
  for (let k: usize = 0; k < n; k++)
    if (e ? load<f64>(e + (k << 3)) != 0 : isPossible(x, mask, k, impossible))
      largest = max(largest, Math.abs(load<f64>(dy + (k << 3))));
  return binadesOf(largest);
}

/** That power of two. */
export function binadesOf(largest: f64): f64 {
  return largest > HIGH ? LOWERED_DY : largest < 1 / HIGH ? 1 / LOWERED_DY : 1;
}

function ofProbabilities(dy: usize, e: usize, n: usize): void {
  const by = magnitude(0, 0, dy, e, n, 0);
  const origin = topAt == NOWHERE ? 0 : load<f64>(dy + (topAt << 3)) * by;
  const share = LOWERED / (1 + rest) / by;
  clearSum();
  for (let i: usize = 0; i < n << 3; i += 8) {
    const v = load<f64>(e + i);
    if (v != 0) addToSum(v * LOWERED * (load<f64>(dy + i) * by - origin));
  }
  if (sunk != 0) addToSum(-sunk * origin);
  const mean = sumOf() / (1 + rest);
  for (let i: usize = 0; i < n << 3; i += 8) {
    const v = load<f64>(e + i);
    store<f64>(e + i, v == 0 ? 0 : v * share * (load<f64>(dy + i) * by - origin - mean));
  }
}

/** What has no part in Σ p keeps its dy, however small that is. */
function ofLogarithms(x: usize, mask: usize, dy: usize, e: usize, n: usize, impossible: f64): void {
  const by = magnitude(x, mask, dy, 0, n, impossible);
  const share = LOWERED / (1 + rest);
  clearSum();
  for (let k: usize = 0; k < n; k++)
    if (k != topAt && isPossible(x, mask, k, impossible)) addToSum(load<f64>(dy + (k << 3)) * by);
  const others = sumOf();
  const all = topAt == NOWHERE ? others : others + load<f64>(dy + (topAt << 3)) * by;
  for (let k: usize = 0; k < n; k++) {
    const at = k << 3;
    const v = load<f64>(e + at);
    const own = load<f64>(dy + at) * by;
    let g: f64 = 0;
    if (k == topAt) g = (own * rest - others) / (1 + rest) / by;
    else if (isPossible(x, mask, k, impossible)) g = v == 0 ? load<f64>(dy + at) : (own - v * share * all) / by;
    store<f64>(e + at, g);
  }
}

@inline function isPossible(x: usize, mask: usize, k: usize, impossible: f64): bool {
  return (mask == 0 || load<u8>(mask + k) != 0) && load<f64>(x + (k << 3)) != impossible;
}
