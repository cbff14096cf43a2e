import { logOf } from './double-exp';
import { exactRest, reduce, rowMax, rowRest } from './rest';

/** Below this share of its terms the errors of their float64 are an ulp of float32. */
const CANCELLED: f64 = 1.0 / 268435456;

/**
 * log Σ e^x = max + log1p(rest), less log c for the mean of c entries, as (1 + rest)/c = 1 + (rest − (c − 1))/c, so
 * that equal entries give exactly themselves. An infinite or NaN maximum is the result itself. A row whose result shows
 * the errors of float64 is marked in `doubts`.
 */
export function logSumExp(
  w: usize, x: usize, mask: usize, y: usize, rows: usize, n: usize, mean: bool, doubts: usize,
): void {
  for (let r: usize = 0; r < rows; r++, x += n << 2) {
    const hidden = mask ? mask + r * n : 0;
    const value = row(w, x, hidden, n, mean);
    store<f32>(y + (r << 2), <f32>value);
    const size = max(Math.abs(<f64>rowMax), min(rowRest, 1) / 2);
    if (isFinite(size) && Math.abs(value) < size * CANCELLED) store<u8>(doubts + r, 1);
  }
}

function row(w: usize, x: usize, mask: usize, n: usize, mean: bool): f64 {
  if (!reduce(w, x, mask, 0, n, false, false)) return <f64>rowMax;
  const count = mean ? <f64>allowed(mask, n) : 1;
  const value = <f64>rowMax + logOfMean(rowRest, count);
  // A rest of float32 exponentials is within 2⁻²³, and so is the logarithm, which is too much where it cancels.
  if (Math.abs(value) >= rowRest / (1 + rowRest) && count == 1) return value;
  return <f64>rowMax + logOfMean(exactRest(x, mask, n, false, 1), count);
}

/** log((1 + rest)/c): its difference from 1 keeps its digits near 1, and loses them near −1. */
export function logOfMean(rest: f64, count: f64): f64 {
  const less = (rest - (count - 1)) / count;
  const u = (1 + rest) / count;
  return logOf(u, less > -0.5 ? less : u - 1);
}

function allowed(mask: usize, n: usize): usize {
  if (!mask) return n;
  let count: usize = 0;
  for (let k: usize = 0; k < n; k++) if (load<u8>(mask + k)) count++;
  return count;
}
