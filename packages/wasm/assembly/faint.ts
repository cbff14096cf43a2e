// Faint probabilities: p between e^−746 and e^−104, which is 0 in float32, though p·dy may not be.

import { LOWERED, raised, RAISED } from './double-exp';
import { BIAS } from './exp';
import { stateOf } from './team';
import { REACH, STATE_FAINT, TEMPERATURE } from './workspace';

/** 746·T over REACH = 104·T. */
const FARTHEST: f64 = 746.0 / 104;
/** 2^200·e^−100: no entry with a larger probability has an exponential of 0. */
const MOST: f64 = RAISED * 3.720075976020836e-44;
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
  for (let k: usize = 0; k < n; k++) {
    const p = faintOf(x, 0, mask, k);
    if (p > 0) store<f32>(y + (k << 2), <f32>(p * factor * LOWERED));
  }
}
