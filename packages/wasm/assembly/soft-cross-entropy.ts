import { undefinedGradient } from './degenerate';
import { power } from './exp';
import { anyAllowed } from './logits';
import { exactRest, reduce, rowAt, rowExponent, rowMax, rowPeak, rowRest } from './rest';
import { stateOf } from './team';
import { NOTHING, STATE_EXPONENT } from './workspace';

/** What −log p of entry k is multiplied by: a = w·((1 − α)·target + α/K), K of them possible; 0 where it is hidden. */
@inline function weightOf(
  k: usize, target: usize, y: usize, mask: usize, classWeights: usize, keep: f64, share: f64,
): f64 {
  if (mask != 0 && !load<u8>(mask + k)) return 0;
  const q = target ? <f64>load<f32>(target + (k << 2)) : k == y ? 1 : 0;
  return (keep * q + share) * (classWeights ? <f64>load<f32>(classWeights + (k << 2)) : 1);
}

/**
 * The losses of `rows` rows, in float64: weight·(Σ a·(max − x + log1p(rest)) + zLoss·lse²), terms of one sign each. Where
 * they are given also dx = scale·(p·(Σ a − a + 2·zLoss·lse) − a·(1 − p)), which does not cancel, and dt, of the target.
 */
export function softCrossEntropy(
  w: usize, x: usize, mask: usize, target: usize, classes: usize, weights: usize, classWeights: usize, dy: usize,
  losses: usize, dx: usize, dt: usize, rows: usize, n: usize, smoothing: f64, zLoss: f64, denominator: f64,
): void {
  const size = n << 2;
  const keep = 1 - smoothing;
  for (let r: usize = 0; r < rows; r++, x += size) {
    const weight = <f64>load<f32>(weights + (r << 2));
    const to = dx ? dx + r * size : 0;
    const into = dt ? dt + r * size : 0;
    const from = target ? target + r * size : 0;
    const hidden = mask ? mask + r * n : 0;
    store<f64>(losses + (r << 3), 0);
    if (weight == 0 || (hidden != 0 && !anyAllowed(hidden, n))) {
      if (to) memory.fill(to, 0, size);
      if (into) memory.fill(into, 0, size);
      continue;
    }
    const finite = reduce(w, x, hidden, to, n, false, to != 0);
    const log = finite ? Math.log1p(rowRest) : NaN;
    const scale = (weight * (dy ? <f64>load<f32>(dy + (r << 2)) : 1)) / denominator;
    if (into) targetGradient(x, hidden, classWeights, into, n, keep, scale, log);
    if (!finite) {
      store<f64>(losses + (r << 3), NaN);
      if (to) undefinedGradient<f32>(x, hidden, to, n, false, false);
      continue;
    }
    let lse = 0.0;
    if (zLoss > 0) {
      lse = <f64>rowMax + log;
      if (Math.abs(lse) < rowRest / (1 + rowRest)) lse = <f64>rowMax + Math.log1p(exactRest(x, hidden, n, false, 1));
    }
    const y = classes ? <usize>load<i32>(classes + (r << 2)) : 0;
    let share: f64 = 0;
    if (smoothing != 0) {
      let count: usize = 0;
      for (let k: usize = 0; k < n; k++) if (hidden == 0 || load<u8>(hidden + k)) count++;
      share = smoothing / <f64>count;
    }
    let loss: f64 = 0;
    let mass: f64 = 0;
    for (let k: usize = 0; k < n; k++) {
      const a = weightOf(k, from, y, hidden, classWeights, keep, share);
      if (a == 0) continue;
      loss += a * (<f64>rowMax - <f64>load<f32>(x + (k << 2)) + log);
      mass += a;
    }
    if (zLoss > 0) loss += zLoss * lse * lse;
    store<f64>(losses + (r << 3), weight * loss);
    if (!to) continue;
    const tilt = mass + 2 * zLoss * lse;
    for (let k: usize = 0; k < n; k++) {
      const v = <f64>load<f32>(x + (k << 2));
      if ((hidden != 0 && !load<u8>(hidden + k)) || v == -Infinity) {
        store<f32>(to + (k << 2), 0);
        continue;
      }
      const exponent = load<i32>(stateOf(w, k), STATE_EXPONENT);
      const far = exponent == NOTHING || v < <f64>rowMax - 104;
      const p = far ? 0 : (<f64>load<f32>(to + (k << 2)) * power(exponent - rowExponent)) / (rowPeak * (1 + rowRest));
      const q = k == rowAt ? rowRest / (1 + rowRest) : 1 - p;
      const a = weightOf(k, from, y, hidden, classWeights, keep, share);
      store<f32>(to + (k << 2), <f32>(scale * (p * (tilt - a) - a * q)));
    }
  }
}

/** scale·w·(1 − α)·(−log p). */
function targetGradient(
  x: usize, mask: usize, classWeights: usize, dt: usize, n: usize, keep: f64, scale: f64, log: f64,
): void {
  for (let k: usize = 0; k < n; k++) {
    const hidden = mask != 0 && !load<u8>(mask + k);
    const own = hidden ? 0 : keep * (classWeights ? <f64>load<f32>(classWeights + (k << 2)) : 1);
    const away = <f64>rowMax - <f64>load<f32>(x + (k << 2)) + log;
    store<f32>(dt + (k << 2), own == 0 || scale == 0 ? 0 : <f32>(scale * own * away));
  }
}
