// Faint probabilities: p between e^−746 and e^−108, whose float32 exponential is 0, though p·dy may not be. Up to
// |dy|·p = 2⁻¹⁵⁰ the product rounds to 0: beside cotangents of an ordinary size a faint probability is nothing.

import { logOf, LOWERED, raised, RAISED } from './double-exp';
import { BIAS } from './exp';
import { maxOfLanes } from './simd';
import { TEMPERATURE } from './workspace';

/** 2^200·e^−107.99: no entry with a larger probability has an exponential of 0. */
const MOST: f64 = RAISED * 1.260488533377323e-47;
/** 2⁻¹⁵⁰, half the smallest number of float32, over e^−107.99. */
const LIFTING: f64 = 55.5855300234351;
/** The bits of float32's Infinity: those of a NaN without its sign are more. */
const ENDLESS: u32 = 0x7f800000;
const LN2: f64 = 0.6931471805599453;

let origin: f64 = 0;
let total: f64 = 1;
let temperature: f64 = 1;
let shift: f64 = 0;
let sign: f64 = 1;
let plain: bool = true;

/**
 * Sets the row that faint probabilities belong to: p = exp((±x + noise − shift)/T)/Σ, where Σ = `sum`·2^(top − BIAS).
 */
export function setFaintRow(w: usize, top: i32, sum: f64, subtracted: f64, negate: bool): void {
  origin = <f64>(top - BIAS) * LN2;
  total = sum;
  temperature = <f64>load<f32>(w, TEMPERATURE);
  shift = subtracted;
  sign = negate ? -1 : 1;
  plain = false;
}

/** Sets a row without faint probabilities. */
export function setPlainRow(): void {
  plain = true;
}

/** Returns true if the row may have a faint p with p·size of 2⁻¹⁵⁰ or more, or if the size is NaN. */
@inline export function isLifted(size: f64): bool {
  return !plain && !(Math.abs(size) < LIFTING);
}

/** The values of ±x + noise with faint probabilities that matter. */
let above: f32 = Infinity;
let upTo: f32 = -Infinity;

function setRange(least: f64): void {
  const one = origin + logOf(total, total - 1);
  above = <f32>(temperature * (one + logOf(least, least - 1)) + shift);
  upTo = <f32>(temperature * (one - 107.99) + shift);
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

/** The largest |v| of n values whose largest bits are `bits`. */
function sizeOfBits(bits: u32, v: usize, n: usize): f64 {
  return isEndless(bits) ? sizeOf(v, n) : <f64>reinterpret<f32>(bits);
}

/** Returns true for the bits of Infinity or NaN, without the sign. */
@inline export function isEndless(bits: u32): bool {
  return bits >= ENDLESS;
}

/**
 * Σ p·dy over the entries of a block whose exponential is 0 and whose probability is not; `bits` are the largest of |dy|.
 * Those that are nothing beside `dot`, the sum over the others, are left out, and those too small for any Σ p·dy/T of
 * float32: 2⁻¹⁶⁶·T/n.
 */
export function faintProduct(
  x: usize, noise: usize, mask: usize, e: usize, dy: usize, n: usize, dot: f64, bits: u32,
): f64 {
  if (plain) return 0;
  const size = sizeOfBits(bits, dy, n);
  const least = max(Math.abs(dot) * 9.3e-10, temperature * 1.0691058840368783e-50) / (<f64>n * size);
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

/** dx = p·(dy − mean)·factor of faint probabilities; `bits` are the largest of |dy|. */
export function centreFaint(
  x: usize, noise: usize, mask: usize, dx: usize, dy: usize, n: usize, mean: f64, factor: f64, bits: u32,
): void {
  setFaintSize((sizeOfBits(bits, dy, n) + Math.abs(mean)) * factor);
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
