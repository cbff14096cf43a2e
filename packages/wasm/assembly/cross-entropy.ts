import { isPossible, undefinedGradient } from './degenerate';
import { exp64, log1p } from './double-exp';
import { power } from './exp';
import { isLifted, scaleFaint } from './faint';
import { anyAllowed } from './logits';
import { exactRest, reduce, rowAt, rowExponent, rowMax, rowPeak, rowRest } from './rest';
import { scale } from './scale';
import { first, last, leads, stateOf } from './team';
import { BLOCK, NOTHING, STATE_EXPONENT } from './workspace';

/**
 * The losses of `rows` rows, in float64: weight·(v·(max − x_y + log1p(rest)) + zLoss·lse²), v the weight of the class,
 * terms of one sign each. Where dx is given also the gradient, scale·(v·(p − e_y) + 2·zLoss·lse·p), scale = weight·dy/denominator.
 * A row of weight 0 is skipped: 0·∞ is NaN.
 */
export function crossEntropy(
  w: usize, x: usize, mask: usize, classes: usize, weights: usize, classWeights: usize, dy: usize,
  losses: usize, dx: usize, rows: usize, n: usize, zLoss: f64, denominator: f64,
): void {
  const size = n << 2;
  for (let r: usize = 0; r < rows; r++, x += size) {
    const weight = <f64>load<f32>(weights + (r << 2));
    const to = dx ? dx + r * size : 0;
    store<f64>(losses + (r << 3), 0);
    if (weight == 0) {
      if (to && leads()) memory.fill(to, 0, size);
      continue;
    }
    const hidden = mask ? mask + r * n : 0;
    if (!reduce(w, x, hidden, to, n, false, to != 0)) {
      // A row without a possible class is no row where the mask says so, and NaN where the logits do.
      const removed = hidden != 0 && rowMax == -Infinity && !anyAllowed(hidden, n);
      if (!removed) store<f64>(losses + (r << 3), NaN);
      if (to) undefinedGradient<f32>(x, hidden, to, n, false, removed);
      continue;
    }
    const y = <usize>load<i32>(classes + (r << 2));
    const own: f64 = classWeights ? <f64>load<f32>(classWeights + (y << 2)) : 1;
    const log = log1p(rowRest);
    let lse = 0.0;
    if (zLoss > 0) {
      lse = <f64>rowMax + log;
      if (Math.abs(lse) < rowRest / (1 + rowRest)) lse = <f64>rowMax + log1p(exactRest(x, hidden, n, false, 1));
    }
    const target = <f64>load<f32>(x + (y << 2));
    let loss = own == 0 ? 0 : own * (<f64>rowMax - target + log);
    if (zLoss > 0) loss += zLoss * lse * lse;
    store<f64>(losses + (r << 3), weight * loss);
    if (!to) continue;
    const tilt = 2 * zLoss * lse;
    const factor = (weight * (dy ? <f64>load<f32>(dy + (r << 2)) : 1)) / denominator;
    gradient(w, x, hidden, to, n, factor * (own + tilt));
    const start = first(n);
    const end = last(n);
    if (y < start || y >= end) continue;
    const p = target == -Infinity ? 0 : exp64(target - <f64>rowMax) / (1 + rowRest);
    const q = y == rowAt ? rowRest / (1 + rowRest) : 1 - p;
    store<f32>(to + (y << 2), target == -Infinity ? 0 : <f32>(factor * (p * tilt - own * q)));
  }
}

/** The exponentials times factor/Σ e, and what the factor lifts of faint probabilities. */
function gradient(w: usize, x: usize, mask: usize, y: usize, n: usize, factor: f64): void {
  const total = rowPeak * (1 + rowRest);
  if (!isFinite(factor)) return fill(x, mask, y, first(n), last(n), <f32>factor);
  for (let start = first(n), end = last(n); start < end; start += BLOCK) {
    const exponent = load<i32>(stateOf(w, start), STATE_EXPONENT);
    const at = start << 2;
    const length = min(BLOCK, n - start);
    if (exponent != NOTHING) scale(y + at, length, (power(exponent - rowExponent) / total) * factor);
    if (isLifted(factor)) scaleFaint(x + at, mask ? mask + start : 0, y + at, length, factor);
  }
}

/** p·factor of an infinite factor or NaN, p > 0; 0 where a logit is −∞ or masked. */
function fill(x: usize, mask: usize, y: usize, start: usize, end: usize, factor: f32): void {
  for (let k = start; k < end; k++)
    store<f32>(y + (k << 2), isPossible<f32>(x, mask, k, -Infinity) ? factor : 0);
}
