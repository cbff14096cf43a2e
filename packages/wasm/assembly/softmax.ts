import { degenerate } from './degenerate';
import { BIAS, constants, exp64, exponentOf, power } from './exp';
import { exponentials } from './exponentials';
import { isFar, prepare, rowMaximum, shiftOf } from './logits';
import { maximum } from './maximum';
import { scale } from './scale';
import { windowed } from './window';
import { BLOCK, NOTHING, REACH, STATE_EXPONENT, STATE_SUM, STATES, TEMPERATURE } from './workspace';

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
    const m = row(w, x, hidden, y, n, negate, sink);
    if (m != 0) degenerate(m, hidden, y, n, masked, impossible, false);
  }
}

/** 0 when the row is done; else its maximum, which is no finite number. */
function row(w: usize, x: usize, mask: usize, y: usize, n: usize, negate: bool, sink: f32): f32 {
  if (mask == 0 && !negate && sink == -Infinity) {
    const sum = windowed(w, x, y, n);
    if (sum != 0) {
      scale(y, n, 1 / sum);
      return 0;
    }
  }
  let shift: f32 = 0;
  let least: f32 = -Infinity;
  let top = NOTHING;
  let state = w + STATES;
  for (let start: usize = 0; start < n; start += BLOCK, state += 16) {
    const length = min(BLOCK, n - start);
    const to = y + (start << 2);
    let from = x + (start << 2);
    if (mask != 0 || negate || shift != 0) {
      prepare(from, mask ? mask + start : 0, to, length, negate, shift);
      from = to;
    }
    const m = maximum(from, length);
    if (!(m < Infinity)) return NaN;
    if (m == -Infinity || m < least) {
      store<i32>(state, NOTHING, STATE_EXPONENT);
      continue;
    }
    if (least == -Infinity && isFar(w, m)) {
      // Once more from the start, now that the row is known to need the maximum of all of it.
      const all = rowMaximum(w, x, mask, n, negate);
      if (!(all < Infinity)) return NaN;
      shift = shiftOf(w, all);
      least = all - shift - load<f32>(w, REACH);
      top = NOTHING;
      state = w + STATES - 16;
      start = 0 - BLOCK;
      continue;
    }
    const exponent = exponentOf(w, m);
    const sum = exponentials(w, from, to, length, exponent, m - load<f32>(w, REACH));
    store<i32>(state, exponent, STATE_EXPONENT);
    store<f64>(state, sum, STATE_SUM);
    top = max(top, exponent);
  }
  if (top == NOTHING && sink == -Infinity) return -Infinity;
  let total: f64 = 0;
  for (let s = w + STATES; s < state; s += 16) {
    const exponent = load<i32>(s, STATE_EXPONENT);
    if (exponent != NOTHING) total += load<f64>(s, STATE_SUM) * power(exponent - top);
  }
  if (sink > -Infinity && top != NOTHING)
    total += exp64((<f64>sink - <f64>shift) / <f64>load<f32>(w, TEMPERATURE)) * power(BIAS - top);
  for (let start: usize = 0, s = w + STATES; start < n; start += BLOCK, s += 16) {
    const exponent = load<i32>(s, STATE_EXPONENT);
    scale(y + (start << 2), min(BLOCK, n - start), exponent == NOTHING ? 0 : power(exponent - top) / total);
  }
  return 0;
}
