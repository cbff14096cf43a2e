import { degenerate, isPossible, undefinedGradient } from './degenerate';
import { log1p, LOWERED, RAISED, slopeOfCap } from './double-exp';
import {
  addToSum, clearSum, exponentials, findTop, logit, logits, NOWHERE, rest, sumOf, sunk, top, topAt,
} from './double-row';
import { liftedSlopes } from './lifted';

const HIGH: f64 = reinterpret<f64>((1023 + 900) << 52); // 2^900
/** 2^−100: below it a cotangent is small. */
const LEAST: f64 = reinterpret<f64>((1023 - 100) << 52);
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

/** (v − max)/T − log; half of a difference that overflows, over half of T. */
function logarithms(y: usize, n: usize, t: f64, log: f64): void {
  for (const end = y + (n << 3); y < end; y += 8) {
    const v = load<f64>(y);
    let d: f64 = 0;
    if (v == -Infinity) d = v;
    else if (v != top) {
      d = v - top;
      if (t != 1) d = d == -Infinity ? (v / 2 - top / 2) / (t / 2) : d / t;
    }
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
  const impossible: f64 = negate ? Infinity : -Infinity;
  for (let r: usize = 0; r < rows; r++, x += size, dy += size, dx += size) {
    const t = temperatures ? load<f64>(temperatures + (r << 3)) : temperature;
    const sink: f64 = sinks ? load<f64>(sinks + (r << 3)) : -Infinity;
    const hidden = mask ? mask + r * n : 0;
    const perturbation = noise ? noise + r * size : 0;
    logits(x, hidden, dx, n, negate, cap, perturbation);
    if (!exponentials(dx, n, t, sink)) {
      undefinedGradient<f64>(x, hidden, dx, n, negate, false);
      continue;
    }
    measure(x, hidden, dy, dx, n, impossible);
    if (largest == Infinity) {
      unbounded(x, hidden, dy, dx, n, impossible, t == 0 || t == Infinity ? 0 : negate ? -1 : 1);
      continue;
    }
    if (isLifted(x, perturbation, hidden, dx, n, negate, cap, t, impossible)) {
      logits(x, hidden, dx, n, negate, cap, perturbation);
      liftedSlopes(x, dx, dy, n, t, sink, negate, cap, log);
      continue;
    }
    if (log) ofLogarithms(x, hidden, dy, dx, n, impossible);
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

/** The largest |dy| of what is possible, infinite where one of these is NaN or infinite; that of what has an exponential. */
let largest: f64 = 0;
let near: f64 = 0;

function measure(x: usize, mask: usize, dy: usize, e: usize, n: usize, impossible: f64): void {
  largest = 0;
  near = 0;
  for (let k: usize = 0; k < n; k++) {
    const size = Math.abs(load<f64>(dy + (k << 3)));
    if (!(size <= near) && load<f64>(e + (k << 3)) != 0) near = size < Infinity ? size : Infinity;
    if (!(size <= largest) && isPossible<f64>(x, mask, k, impossible)) largest = size < Infinity ? size : Infinity;
  }
}

/**
 * dy − Σ p·dy and dy − p·Σ dy, times a sign, in IEEE arithmetic where a dy is NaN or infinite: either sum is that of the
 * infinite ones, as every p is above 0. What is impossible takes no part.
 */
function unbounded(x: usize, mask: usize, dy: usize, dx: usize, n: usize, impossible: f64, sign: f64): void {
  let sum: f64 = 0;
  for (let k: usize = 0; k < n; k++) {
    const g = load<f64>(dy + (k << 3));
    if (!isFinite(g) && isPossible<f64>(x, mask, k, impossible)) sum += g;
  }
  for (let k: usize = 0; k < n; k++) {
    const g = sign * (load<f64>(dy + (k << 3)) - sum);
    store<f64>(dx + (k << 3), sign != 0 && isPossible<f64>(x, mask, k, impossible) ? g : 0);
  }
}

/**
 * Returns true if a product of an exponential, raised, with a number up to `largest`, over T and times the slope of the
 * cap, is a result that float64 has where on the way it has only a subnormal, 0 or infinity.
 */
function isLifted(
  x: usize, noise: usize, mask: usize, e: usize, n: usize, negate: bool, cap: f64, t: f64, impossible: f64,
): bool {
  if (largest == 0 || t == 0 || t == Infinity) return false;
  const plain = t >= 1 && cap == 0;
  if (plain && largest * <f64>n <= 1) return false;
  if (!plain && (largest < LEAST || (cap > 0 && !(largest < HIGH * t)))) return true;
  // Below T = 1 the mean, which is as small as p·dy, is lifted as well.
  const least = plain ? RAISED * 2.2250738585072014e-308 : RAISED * LEAST * LEAST * LEAST * LEAST;
  const reach = 1100 + max(Math.log2(largest) - Math.log2(t), 0);
  const limit = top - t * reach * 0.6931471805599453;
  // A logit of 19 caps rounds to the cap: its slope may be below float64.
  if (cap > 0)
    for (let k: usize = 0; k < n; k++)
      if (Math.abs(load<f64>(x + (k << 3))) > 19 * cap && isPossible<f64>(x, mask, k, impossible)) return true;
  if (!anyBelow(e, n, least)) return false;
  for (let k: usize = 0; k < n; k++) {
    const i = k << 3;
    if (load<f64>(e + i) >= least || !isPossible<f64>(x, mask, k, impossible)) continue;
    if (logit(load<f64>(x + i) + (noise ? load<f64>(noise + i) : 0), negate, cap) > limit) return true;
  }
  return false;
}

/** Whether any of n values is below a limit. */
export function anyBelow(x: usize, n: usize, limit: f64): bool {
  const least = f64x2.splat(limit);
  let k: usize = 0;
  for (const whole = n & ~1; k < whole; k += 2)
    if (v128.any_true(f64x2.lt(v128.load(x + (k << 3)), least))) return true;
  return k < n && load<f64>(x + (k << 3)) < limit;
}

/**
 * The power of two that keeps differences, sums and products of cotangents within float64, which moves 100 binades
 * towards 1 where the largest is beyond 2^±900.
 */
export function binadesOf(largest: f64): f64 {
  return largest > HIGH ? LOWERED_DY : largest < 1 / HIGH ? 1 / LOWERED_DY : 1;
}

function ofProbabilities(dy: usize, e: usize, n: usize): void {
  const by = binadesOf(near);
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
  const by = binadesOf(largest);
  const share = LOWERED / (1 + rest);
  clearSum();
  for (let k: usize = 0; k < n; k++)
    if (k != topAt && isPossible<f64>(x, mask, k, impossible)) addToSum(load<f64>(dy + (k << 3)) * by);
  const others = sumOf();
  const all = topAt == NOWHERE ? others : others + load<f64>(dy + (topAt << 3)) * by;
  for (let k: usize = 0; k < n; k++) {
    const at = k << 3;
    const v = load<f64>(e + at);
    const own = load<f64>(dy + at) * by;
    let g: f64 = 0;
    if (k == topAt) g = (own * rest - others) / (1 + rest) / by;
    else if (isPossible<f64>(x, mask, k, impossible)) g = v == 0 ? load<f64>(dy + at) : (own - v * share * all) / by;
    store<f64>(e + at, g);
  }
}
