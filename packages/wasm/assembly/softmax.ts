import { degenerate } from './degenerate';
import { constants } from './exp';
import { scale } from './scale';
import { shareOf, spread } from './spread';
import { first, last } from './team';
import { BLOCK, TEMPERATURE } from './workspace';

/**
 * p = e / Σ e of `rows` rows of n values. A row is walked twice, in blocks that stay in the first cache: once for the
 * exponentials of each block, relative to the block's own maximum, and once to scale them by the sum of all
 * (the online normaliser of Milakov & Gimelshein 2018, by blocks).
 */
export function softmax(
  w: usize, x: usize, mask: usize, y: usize, rows: usize, n: usize,
  negate: bool, temperatures: usize, sinks: usize, masked: i32, impossible: i32,
): void {
  const size = n << 2;
  for (let r: usize = 0; r < rows; r++, x += size, y += size) {
    if (temperatures) {
      const t = load<f32>(temperatures + (r << 2));
      if (t != load<f32>(w, TEMPERATURE)) constants(w, t);
    }
    const hidden = mask ? mask + r * n : 0;
    const sink: f32 = sinks ? load<f32>(sinks + (r << 2)) : -Infinity;
    const m = spread(w, x, hidden, y, n, negate, sink);
    if (m != 0) degenerate<f32>(m, hidden, y, n, masked, impossible, false);
    else
      for (let start = first(n), end = last(n); start < end; start += BLOCK)
        scale(y + (start << 2), min(BLOCK, n - start), shareOf(w, start));
  }
}
