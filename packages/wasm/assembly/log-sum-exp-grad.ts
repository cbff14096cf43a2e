import { isPossible, undefinedGradient } from './degenerate';
import { isLifted, scaleFaint } from './faint';
import { scale } from './scale';
import { shareOf, spread } from './spread';
import { first, last } from './team';
import { BLOCK } from './workspace';

/** dx = dy·p, p = e / Σ e; 0 where a logit is −inf or masked. */
export function logSumExpGrad(
  w: usize, x: usize, mask: usize, dy: usize, dx: usize, rows: usize, n: usize,
): void {
  const size = n << 2;
  for (let r: usize = 0; r < rows; r++, x += size, dx += size) {
    const hidden = mask ? mask + r * n : 0;
    const factor = <f64>load<f32>(dy + (r << 2));
    if (spread(w, x, hidden, dx, n, false, -Infinity) != 0) {
      undefinedGradient<f32>(x, hidden, dx, n, false, false);
      continue;
    }
    if (!isFinite(factor)) {
      // An infinite dy stays so, as every p is above 0.
      for (let k = first(n), end = min(last(n), n); k < end; k++)
        store<f32>(dx + (k << 2), isPossible<f32>(x, hidden, k, -Infinity) ? <f32>factor : 0);
      continue;
    }
    for (let start = first(n), end = last(n); start < end; start += BLOCK) {
      const at = start << 2;
      const length = min(BLOCK, n - start);
      scale(dx + at, length, shareOf(w, start) * factor);
      if (isLifted(factor)) scaleFaint(x + at, hidden ? hidden + start : 0, dx + at, length, factor);
    }
  }
}
