import { undefinedGradient } from './degenerate';
import { log1p, LOWERED } from './double-exp';
import { errorOf, exponentials, isRemoved, logits, rest, top, topAt } from './double-row';
import { power } from './exp';
import { faintOf, isLifted } from './faint';
import { bytesOf, read, write } from './floats';
import { exactRest, reduce, rowAt, rowExponent, rowMax, rowPeak, rowRest } from './rest';
import { stateOf } from './team';
import { BLOCK, NOTHING, STATE_EXPONENT } from './workspace';

/** 2^960: a difference of a larger logit and another may overflow. */
const FAR: f64 = 9.745314011399999e288;
/** 2^−960: of a smaller sum of exponentials float64 may have but some digits. */
const NEAR: f64 = 1.0261342003245941e-289;

/** What −log p of entry k is multiplied by: a = w·((1 − α)·target + α/K), K of them possible; 0 where it is hidden. */
@inline function weightOf(
  k: usize, target: usize, y: usize, mask: usize, classWeights: usize, keep: f64, share: f64, wide: bool,
): f64 {
  if (mask != 0 && !load<u8>(mask + k)) return 0;
  const q = target ? read(target, k, wide) : k == y ? 1 : 0;
  return (keep * q + share) * (classWeights ? read(classWeights, k, wide) : 1);
}

/**
 * The losses of `rows` rows, of classes or of a target, in float64: weight·(Σ a·(max − x + log1p(rest)) + zLoss·lse²),
 * terms of one sign each. Where they are given also dx = (p·(Σ a − a + 2·zLoss·lse) − a·(1 − p))·weight/denominator·dy,
 * which does not cancel, and dt, of the target. Rows of float32 have a workspace w, those of float64 (`wide`) room for
 * one of them. Where x is log p itself (`likelihood`): −Σ a·x, and dx = −a·weight/denominator·dy.
 */
export function softCrossEntropy(
  w: usize, x: usize, mask: usize, target: usize, classes: usize, weights: usize, classWeights: usize, dy: usize,
  losses: usize, dx: usize, dt: usize, rows: usize, n: usize, smoothing: f64, zLoss: f64, denominator: f64,
  wide: bool, room: usize, likelihood: bool,
): void {
  const size = bytesOf(n, wide);
  const keep = 1 - smoothing;
  for (let r: usize = 0; r < rows; r++, x += size) {
    const weight = read(weights, r, wide);
    const to = dx ? dx + r * size : 0;
    const into = dt ? dt + r * size : 0;
    const from = target ? target + r * size : 0;
    const hidden = mask ? mask + r * n : 0;
    store<f64>(losses + (r << 3), 0);
    if (weight == 0 || isRemoved(hidden, n)) {
      if (to) memory.fill(to, 0, size);
      if (into) memory.fill(into, 0, size);
      continue;
    }
    const finite =
      likelihood ||
      (wide ? reduceWide(x, hidden, to ? to : room, n) : reduce(w, x, hidden, to, n, false, to != 0));
    const max = likelihood ? 0 : wide ? top : <f64>rowMax;
    const others = wide ? rest : rowRest;
    const at = wide ? topAt : rowAt;
    const log = likelihood ? 0 : finite ? log1p(others) : NaN;
    // Not multiplied with each other: beside float64 cotangents near its end that would overflow.
    const ratio = weight / denominator;
    const g = dy ? read(dy, r, wide) : 1;
    if (into)
      for (let k: usize = 0; k < n; k++) {
        const own = weightOf(k, 0, k, hidden, classWeights, keep, 0, wide);
        write(into, k, own == 0 || g == 0 ? 0 : own * ratio * (max - read(x, k, wide) + log) * g, wide);
      }
    if (!finite) {
      store<f64>(losses + (r << 3), NaN);
      if (to) {
        if (wide) undefinedGradient<f64>(x, hidden, to, n, false, false);
        else undefinedGradient<f32>(x, hidden, to, n, false, false);
      }
      continue;
    }
    let lse = 0.0;
    if (zLoss > 0) {
      lse = max + log;
      if (!wide && Math.abs(lse) < others / (1 + others)) lse = max + log1p(exactRest(x, hidden, n, false, 1));
    }
    const y = classes ? <usize>load<i32>(classes + (r << 2)) : 0;
    let share: f64 = 0;
    if (smoothing != 0) {
      let count: usize = 0;
      for (let k: usize = 0; k < n; k++) if (hidden == 0 || load<u8>(hidden + k)) count++;
      share = smoothing / <f64>count;
    }
    // One class alone needs no walk over the others.
    const all = target != 0 || smoothing != 0;
    // Σ a in two pieces, so that Σ a − a of the largest a has all its digits.
    let mass: f64 = 0;
    let little: f64 = 0;
    let sum: f64 = 0;
    let lost: f64 = 0;
    const first: usize = all ? 0 : y;
    const end: usize = all ? n : y + 1;
    for (let k = first; k < end; k++) {
      const a = weightOf(k, from, y, hidden, classWeights, keep, share, wide);
      if (a == 0) continue;
      const term = a * (max - read(x, k, wide) + log);
      const next = sum + term;
      lost += errorOf(sum, term, next);
      sum = next;
      const more = mass + a;
      little += errorOf(mass, a, more);
      mass = more;
    }
    const tilt = (Math.abs(mass) < Infinity ? little : 0) + (zLoss > 0 ? 2 * zLoss * lse : 0);
    if (Math.abs(sum) < Infinity) sum += lost;
    // A distance that may overflow, or a small rest that is lifted: the caller asks the reference.
    if (wide && !likelihood && (max > FAR || (others < NEAR && Math.abs(ratio * g) > 1))) sum = Infinity;
    store<f64>(losses + (r << 3), weight * (sum + (zLoss > 0 ? zLoss * lse * lse : 0)));
    if (!to) continue;
    if (likelihood) {
      if (!all) memory.fill(to, 0, size);
      for (let k = first; k < end; k++) {
        const a = weightOf(k, from, y, hidden, classWeights, keep, share, wide);
        write(to, k, a == 0 ? 0 : -a * ratio * g, wide);
      }
      continue;
    }
    for (let start: usize = 0; start < n; start += BLOCK) {
      const part = (wide ? LOWERED : shareOf(w, start)) / (1 + others);
      for (let k = start, stop = min(start + BLOCK, n); k < stop; k++) {
        if ((hidden != 0 && !load<u8>(hidden + k)) || read(x, k, wide) == -Infinity) {
          write(to, k, 0, wide);
          continue;
        }
        const e = read(to, k, wide);
        const p = e * part;
        const q = k == at ? others / (1 + others) : 1 - p;
        const a = weightOf(k, from, y, hidden, classWeights, keep, share, wide);
        // The exponential before what makes it small: the factor may lift it.
        const pull = (mass - a + tilt) * ratio * g;
        const pulled = !wide && e == 0 && isLifted(pull) ? faintOf(x, 0, hidden, k) * pull * LOWERED : e * pull * part;
        write(to, k, pulled - a * q * ratio * g, wide);
      }
    }
  }
}

function reduceWide(x: usize, mask: usize, to: usize, n: usize): bool {
  logits(x, mask, to, n, false, 0);
  return exponentials(to, n, 1, -Infinity);
}

/** What the exponentials of a block are to be multiplied by, to be relative to the largest. */
function shareOf(w: usize, start: usize): f64 {
  const exponent = load<i32>(stateOf(w, start), STATE_EXPONENT);
  return exponent == NOTHING ? 0 : power(exponent - rowExponent) / rowPeak;
}
