import { undefinedGradient } from './degenerate';
import { LOWERED } from './double-exp';
import { addToSum, clearSum, exponentials, isRemoved, logits, rest, sumOf, top, topAt } from './double-row';

/** What −log p of entry k is multiplied by; see soft-cross-entropy.ts. */
@inline function weightOf(
  k: usize, target: usize, y: usize, mask: usize, classWeights: usize, keep: f64, share: f64,
): f64 {
  if (mask != 0 && !load<u8>(mask + k)) return 0;
  const q = target ? load<f64>(target + (k << 3)) : k == y ? 1 : 0;
  return (keep * q + share) * (classWeights ? load<f64>(classWeights + (k << 3)) : 1);
}

/**
 * The losses of `rows` rows of float64, of classes or of a target: weight·(Σ a·(max − x + log1p(rest)) + zLoss·lse²).
 * Where they are given also dx = scale·(p·(Σ a − a + 2·zLoss·lse) − a·(1 − p)) and dt. `room` takes one row.
 */
export function doubleCrossEntropy(
  x: usize, mask: usize, target: usize, classes: usize, weights: usize, classWeights: usize, dy: usize,
  losses: usize, dx: usize, dt: usize, rows: usize, n: usize, smoothing: f64, zLoss: f64, denominator: f64,
  room: usize,
): void {
  const size = n << 3;
  const keep = 1 - smoothing;
  for (let r: usize = 0; r < rows; r++, x += size) {
    const weight = load<f64>(weights + (r << 3));
    const to = dx ? dx + r * size : room;
    const into = dt ? dt + r * size : 0;
    const from = target ? target + r * size : 0;
    const hidden = mask ? mask + r * n : 0;
    store<f64>(losses + (r << 3), 0);
    if (weight == 0 || isRemoved(hidden, n)) {
      memory.fill(to, 0, size);
      if (into) memory.fill(into, 0, size);
      continue;
    }
    logits(x, hidden, to, n, false, 0);
    const finite = exponentials(to, n, 1, -Infinity);
    const log = finite ? Math.log1p(rest) : NaN;
    const scale = (weight * (dy ? load<f64>(dy + (r << 3)) : 1)) / denominator;
    if (into) targetGradient(x, hidden, classWeights, into, n, keep, scale, log);
    if (!finite) {
      store<f64>(losses + (r << 3), NaN);
      if (dx) undefinedGradient<f64>(x, hidden, to, n, false, false);
      continue;
    }
    const y = classes ? <usize>load<i32>(classes + (r << 2)) : 0;
    let share: f64 = 0;
    if (smoothing != 0) {
      let count: usize = 0;
      for (let k: usize = 0; k < n; k++) if (hidden == 0 || load<u8>(hidden + k)) count++;
      share = smoothing / <f64>count;
    }
    // One class alone needs no walk over the others.
    const first: usize = target || smoothing != 0 ? 0 : y;
    const end: usize = target || smoothing != 0 ? n : y + 1;
    let mass: f64 = 0;
    clearSum();
    for (let k = first; k < end; k++) {
      const a = weightOf(k, from, y, hidden, classWeights, keep, share);
      if (a == 0) continue;
      addToSum(a * (top - load<f64>(x + (k << 3)) + log));
      mass += a;
    }
    const lse = top + log;
    store<f64>(losses + (r << 3), weight * (sumOf() + (zLoss > 0 ? zLoss * lse * lse : 0)));
    if (!dx) continue;
    const tilt = mass + (zLoss > 0 ? 2 * zLoss * lse : 0);
    for (let k: usize = 0; k < n; k++) {
      const at = k << 3;
      if ((hidden != 0 && !load<u8>(hidden + k)) || load<f64>(x + at) == -Infinity) {
        store<f64>(to + at, 0);
        continue;
      }
      const p = (load<f64>(to + at) * LOWERED) / (1 + rest);
      const q = k == topAt ? rest / (1 + rest) : 1 - p;
      const a = weightOf(k, from, y, hidden, classWeights, keep, share);
      store<f64>(to + at, scale * (p * (tilt - a) - a * q));
    }
  }
}

/** scale·w·(1 − α)·(−log p). */
function targetGradient(
  x: usize, mask: usize, classWeights: usize, dt: usize, n: usize, keep: f64, scale: f64, log: f64,
): void {
  for (let k: usize = 0; k < n; k++) {
    const hidden = mask != 0 && !load<u8>(mask + k);
    const own = hidden ? 0 : keep * (classWeights ? load<f64>(classWeights + (k << 3)) : 1);
    store<f64>(dt + (k << 3), own == 0 || scale == 0 ? 0 : scale * own * (top - load<f64>(x + (k << 3)) + log));
  }
}
