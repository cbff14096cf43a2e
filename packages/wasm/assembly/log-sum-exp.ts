import { log1p } from './double-exp';
import { exactRest, reduce, rowMax, rowRest } from './rest';

/**
 * log Σ e^x = max + log1p(rest), less log c for the mean of c entries, as (1 + rest)/c = 1 + (rest − (c − 1))/c, so
 * that equal entries give exactly themselves. An infinite or NaN maximum is the result itself.
 */
export function logSumExp(w: usize, x: usize, mask: usize, y: usize, rows: usize, n: usize, mean: bool): void {
  for (let r: usize = 0; r < rows; r++, x += n << 2) {
    const hidden = mask ? mask + r * n : 0;
    store<f32>(y + (r << 2), <f32>row(w, x, hidden, n, mean));
  }
}

function row(w: usize, x: usize, mask: usize, n: usize, mean: bool): f64 {
  if (!reduce(w, x, mask, 0, n, false, false)) return <f64>rowMax;
  const count = mean ? <f64>allowed(mask, n) : 1;
  const value = <f64>rowMax + log1p((rowRest - (count - 1)) / count);
  // A rest of float32 exponentials is within 2⁻²³, and so is the logarithm, which is too much where it cancels.
  if (Math.abs(value) >= rowRest / (1 + rowRest) && count == 1) return value;
  return <f64>rowMax + log1p((exactRest(x, mask, n, false, 1) - (count - 1)) / count);
}

function allowed(mask: usize, n: usize): usize {
  if (!mask) return n;
  let count: usize = 0;
  for (let k: usize = 0; k < n; k++) if (load<u8>(mask + k)) count++;
  return count;
}
