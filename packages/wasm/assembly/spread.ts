import { BIAS, exp64, exponentOf, power } from './exp';
import { cleanExponentials, exponentials } from './exponentials';
import { isFar, prepare, rowMaximum, shiftOf } from './logits';
import { maximum } from './maximum';
import { windowed, windowExponent } from './window';
import { BLOCK, NOTHING, REACH, STATE_EXPONENT, STATE_SUM, STATES, TEMPERATURE } from './workspace';

/** The exponent that the sum of the row is relative to. */
let top: i32 = NOTHING;
/** The sum of the row's exponentials, the sink's among them; 0 where the sink alone is possible. */
export let total: f64 = 0;

/** What block `start` of the row is to be multiplied by, so that it is divided by the sum. */
export function shareOf(w: usize, start: usize): f64 {
  const exponent = load<i32>(w + STATES + ((start / BLOCK) << 4), STATE_EXPONENT);
  return exponent == NOTHING ? 0 : power(exponent - top) / total;
}

/**
 * The exponentials of a row in y, in blocks, each relative to its own exponent; their sum in `total`. Where `clean`,
 * what is impossible has exactly 0. The result is 0, or where the maximum is no finite number that.
 */
export function spread(
  w: usize, x: usize, mask: usize, y: usize, n: usize, negate: bool, sink: f32, clean: bool,
): f32 {
  if (mask == 0 && !negate && sink == -Infinity) {
    const sum = windowed(w, x, y, n);
    if (sum != 0) {
      total = sum;
      top = windowExponent;
      for (let start: usize = 0, s = w + STATES; start < n; start += BLOCK, s += 16)
        store<i32>(s, top, STATE_EXPONENT);
      return 0;
    }
  }
  let shift: f32 = 0;
  let least: f32 = -Infinity;
  top = NOTHING;
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
    const bound = m - load<f32>(w, REACH);
    const sum = clean
      ? cleanExponentials(w, from, to, length, exponent, bound)
      : exponentials(w, from, to, length, exponent, bound);
    store<i32>(state, exponent, STATE_EXPONENT);
    store<f64>(state, sum, STATE_SUM);
    top = max(top, exponent);
  }
  if (top == NOTHING && sink == -Infinity) return -Infinity;
  total = 0;
  for (let s = w + STATES; s < state; s += 16) {
    const exponent = load<i32>(s, STATE_EXPONENT);
    if (exponent != NOTHING) total += load<f64>(s, STATE_SUM) * power(exponent - top);
  }
  if (sink > -Infinity && top != NOTHING)
    total += exp64((<f64>sink - <f64>shift) / <f64>load<f32>(w, TEMPERATURE)) * power(BIAS - top);
  return 0;
}
