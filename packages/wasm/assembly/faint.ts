// Faint probabilities: p between e^−746 and e^−104, which is 0 in float32, though p·dy may not be.

import { logOf, LOWERED, raised, RAISED } from './double-exp';
import { BIAS } from './exp';
import { maxOfLanes } from './simd';
import { stateOf } from './team';
import { REACH, STATE_FAINT, TEMPERATURE } from './workspace';

/** 746·T over REACH = 104·T. */
const FARTHEST: f64 = 746.0 / 104;
/** 2^200·e^−103.99: no entry with a larger probability has an exponential of 0. */
const MOST: f64 = RAISED * 6.882034206039337e-46;
const LN2: f64 = 0.6931471805599453;

let origin: f64 = 0;
let total: f64 = 1;
let temperature: f64 = 1;
let shift: f64 = 0;
let sign: f64 = 1;

/**
 * Sets the row that faint probabilities belong to: p = exp((±x + noise − shift)/T)/Σ, where Σ = `sum`·2^(top − BIAS).
 */
export function setFaintRow(w: usize, top: i32, sum: f64, subtracted: f64, negate: bool): void {
  origin = <f64>(top - BIAS) * LN2;
  total = sum;
  temperature = <f64>load<f32>(w, TEMPERATURE);
  shift = subtracted;
  sign = negate ? -1 : 1;
}

/** Returns true if the block at `start` has faint probabilities. */
@inline export function hasFaint(w: usize, start: usize): bool {
  return load<i32>(stateOf(w, start), STATE_FAINT) != 0;
}

/** The logit below which p is 0 even times the largest numbers of float32. */
@inline export function lowestFaint(w: usize, top: f32): f32 {
  return <f32>(<f64>top - FARTHEST * <f64>load<f32>(w, REACH));
}

/** Notes in the state of a block if some of its n logits are above `low` and at most `bound`. */
export function noteFaint(state: usize, x: usize, n: usize, low: f32, bound: f32): void {
  const least = f32x4.splat(low);
  const most = f32x4.splat(bound);
  let among = f32x4.splat(0);
  let k: usize = 0;
  for (const whole = n & ~3; k < whole; k += 4) {
    const v = v128.load(x + (k << 2));
    among = v128.or(among, v128.and(f32x4.gt(v, least), f32x4.le(v, most)));
  }
  let some = v128.any_true(among);
  for (; k < n; k++) {
    const v = load<f32>(x + (k << 2));
    if (v > low && v <= bound) some = true;
  }
  store<i32>(state, <i32>some, STATE_FAINT);
}

/** The values of ±x + noise with faint probabilities that matter. */
let above: f32 = Infinity;
let upTo: f32 = -Infinity;

function setRange(least: f64): void {
  const one = origin + logOf(total, total - 1);
  above = <f32>(temperature * (one + logOf(least, least - 1)) + shift);
  upTo = <f32>(temperature * (one - 103.99) + shift);
  // A float32 step more on either side: faintOf decides.
  above -= abs(above) * 2.4e-7;
  upTo += abs(upTo) * 2.4e-7;
}

/** Limits the search to probabilities p with p·size of half a subnormal of float32, 2⁻¹⁵⁰, or more. */
export function setFaintSize(size: f64): void {
  setRange(7.006492321624085e-46 / Math.abs(size));
}

/** Returns true if one of the entries k to k + 3 is in the range. */
@inline export function someInRange(x: usize, noise: usize, k: usize): bool {
  let v = v128.xor(v128.load(x + (k << 2)), i32x4.splat(sign < 0 ? i32.MIN_VALUE : 0));
  if (noise) v = f32x4.add(v, v128.load(noise + (k << 2)));
  return v128.any_true(v128.and(f32x4.gt(v, f32x4.splat(above)), f32x4.le(v, f32x4.splat(upTo))));
}

/** The place from k on where a faint entry may be: k itself, or where four entries are not all out of range. */
export function nextFaint(x: usize, noise: usize, k: usize, n: usize): usize {
  while (k + 4 <= n && !someInRange(x, noise, k)) k += 4;
  return k;
}

/** p·2^200 of entry k; 0 where it is hidden, impossible or not faint. */
export function faintOf(x: usize, noise: usize, mask: usize, k: usize): f64 {
  if (mask != 0 && !load<u8>(mask + k)) return 0;
  const v = sign * <f64>load<f32>(x + (k << 2)) + (noise ? <f64>load<f32>(noise + (k << 2)) : 0) - shift;
  if (!(v > -Infinity)) return 0;
  const p = raised(v / temperature - origin, 0) / total;
  return p < MOST ? p : 0;
}

/** y = p·factor for the faint entries of a block. */
export function scaleFaint(x: usize, mask: usize, y: usize, n: usize, factor: f64): void {
  setFaintSize(factor);
  for (let k = nextFaint(x, 0, 0, n); k < n; k = nextFaint(x, 0, k, n))
    for (const end = min(k + 4, n); k < end; k++) {
      const p = faintOf(x, 0, mask, k);
      if (p > 0) store<f32>(y + (k << 2), <f32>(p * factor * LOWERED));
    }
}

/** The largest |v| of n values; NaN, which may be masked, is none. */
function sizeOf(v: usize, n: usize): f64 {
  let most = f32x4.splat(0);
  let k: usize = 0;
  for (const whole = n & ~3; k < whole; k += 4) most = f32x4.pmax(most, f32x4.abs(v128.load(v + (k << 2))));
  let size = maxOfLanes(most);
  for (; k < n; k++) {
    const one = abs(load<f32>(v + (k << 2)));
    if (one > size) size = one;
  }
  return <f64>size;
}

/**
 * Σ p·dy over the entries of a block whose exponential is 0 and whose probability is not. Those that are nothing beside
 * `dot`, the sum over the others, are left out, and those too small for any result of float32.
 */
export function faintProduct(
  x: usize, noise: usize, mask: usize, e: usize, dy: usize, n: usize, dot: f64,
): f64 {
  const size = sizeOf(dy, n);
  const least = max(Math.abs(dot) / <f64>n * 9.3e-10, 6.2e-61) / size;
  if (least * RAISED >= MOST) return 0;
  setRange(least);
  let sum: f64 = 0;
  for (let k = nextFaint(x, noise, 0, n); k < n; k = nextFaint(x, noise, k, n))
    for (const end = min(k + 4, n); k < end; k++) {
      const p = load<f32>(e + (k << 2)) == 0 ? faintOf(x, noise, mask, k) : 0;
      if (p > 0) sum += p * <f64>load<f32>(dy + (k << 2)) * LOWERED;
    }
  return sum;
}

/** dx = p·(dy − mean)·factor of faint probabilities. */
export function centreFaint(
  x: usize, noise: usize, mask: usize, dx: usize, dy: usize, n: usize, mean: f64, factor: f64,
): void {
  setFaintSize((sizeOf(dy, n) + Math.abs(mean)) * factor);
  for (let k = nextFaint(x, noise, 0, n); k < n; k = nextFaint(x, noise, k, n))
    for (const end = min(k + 4, n); k < end; k++) {
      const p = faintOf(x, noise, mask, k);
      if (p > 0) store<f32>(dx + (k << 2), <f32>(p * (<f64>load<f32>(dy + (k << 2)) - mean) * factor * LOWERED));
    }
}

/** dx = (dy − p·all)·u of faint probabilities. */
export function subtractFaint(
  x: usize, mask: usize, dx: usize, dy: usize, n: usize, all: f64, u: f64,
): void {
  setFaintSize(all * u);
  // 2⁻¹²⁴·all: beside a larger dy the product is nothing.
  const most = Math.abs(all) * 4.7e-38;
  for (let k = nextFaint(x, 0, 0, n); k < n; k = nextFaint(x, 0, k, n))
    for (const end = min(k + 4, n); k < end; k++) {
      if (Math.abs(load<f32>(dy + (k << 2))) > most) continue;
      const p = faintOf(x, 0, mask, k);
      if (p > 0) store<f32>(dx + (k << 2), <f32>((<f64>load<f32>(dy + (k << 2)) - p * all * LOWERED) * u));
    }
}
