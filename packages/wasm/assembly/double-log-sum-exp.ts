import { isPossible, undefinedGradient } from './degenerate';
import { LOWERED } from './double-exp';
import { anyBelow, scale } from './double-distribution';
import { exponentials, logits, rest, top } from './double-row';
import { logOfMean } from './log-sum-exp';
import { exponent, joined, scaledExp, split } from './scaled';

/**
 * log Σ e^x = max + log1p(rest), less log c for the mean of c entries, of rows of float64; `room` takes one row. What is
 * small beside the rest, and beside the maximum, is marked in `doubts`: it shows the errors of the rest.
 */
export function doubleLogSumExp(
  x: usize, mask: usize, y: usize, rows: usize, n: usize, mean: bool, room: usize, doubts: usize,
): void {
  for (let r: usize = 0; r < rows; r++, x += n << 3) {
    const hidden = mask ? mask + r * n : 0;
    logits(x, hidden, room, n, false, 0);
    let value: f64;
    if (exponentials(room, n, 1, -Infinity)) {
      let count: usize = mean ? 0 : 1;
      if (mean) for (let k: usize = 0; k < n; k++) if (!hidden || load<u8>(hidden + k)) count++;
      value = top + logOfMean(rest, <f64>count);
      if (max(Math.abs(value), Math.abs(top)) < min(rest, 1) / 2) store<u8>(doubts + r, 1);
    } else value = top;
    store<f64>(y + (r << 3), value);
  }
}

/** dx = dy·p; 0 where a logit is −∞ or masked. An infinite dy stays so, as every p is above 0. */
export function doubleLogSumExpGrad(x: usize, mask: usize, dy: usize, dx: usize, rows: usize, n: usize): void {
  const size = n << 3;
  for (let r: usize = 0; r < rows; r++, x += size, dx += size) {
    const hidden = mask ? mask + r * n : 0;
    const factor = load<f64>(dy + (r << 3));
    logits(x, hidden, dx, n, false, 0);
    if (!exponentials(dx, n, 1, -Infinity)) {
      undefinedGradient<f64>(x, hidden, dx, n, false, false);
      continue;
    }
    if (isFinite(factor)) {
      scale(dx, n, LOWERED / (1 + rest));
      scale(dx, n, factor);
      if (Math.abs(factor) > 1 && anyBelow(x, n, top - 700)) lift(x, hidden, dx, n, factor);
      continue;
    }
    for (let k: usize = 0; k < n; k++)
      store<f64>(dx + (k << 3), isPossible<f64>(x, hidden, k, -Infinity) ? factor : 0);
  }
}

/** The products again whose exponential is a subnormal, or 0, where they may be above: between e^−1500 and e^−700. */
function lift(x: usize, mask: usize, dx: usize, n: usize, factor: f64): void {
  for (let k: usize = 0; k < n; k++) {
    const v = load<f64>(x + (k << 3));
    if (!(v < top - 700 && v > top - 1500) || !isPossible<f64>(x, mask, k, -Infinity)) continue;
    const e = scaledExp(v, top, 1) / (1 + rest);
    const own = exponent;
    const f = split(factor);
    store<f64>(dx + (k << 3), joined(e * f, own + exponent));
  }
}
