import { exp64 } from './double-exp';
import { BIAS, exponentOf, power } from './exp';
import { exponentials } from './exponentials';
import { setFaintRow, setPlainRow } from './faint';
import { isFar, prepare, shiftOf } from './logits';
import { maximum } from './maximum';
import { largest, someFar, topExponent } from './states';
import { first, last, meet, stateOf } from './team';
import { windowed, windowExponent } from './window';
import {
  BLOCK, NOTHING, REACH, STATE, STATE_EXPONENT, STATE_MAX, STATE_SUM, TEMPERATURE,
} from './workspace';

/** The exponent that the sum of the row is relative to. */
let top: i32 = NOTHING;
/** The sum of the row's exponentials, the sink's among them; 0 where the sink alone is possible. */
export let total: f64 = 0;

/** What block `start` of the row is to be multiplied by, so that it is divided by the sum. */
export function shareOf(w: usize, start: usize): f64 {
  const exponent = load<i32>(stateOf(w, start), STATE_EXPONENT);
  return exponent == NOTHING ? 0 : power(exponent - top) / total;
}

/**
 * The exponentials of a row in y, in blocks, each relative to its own exponent; their sum in `total`. What is impossible
 * has exactly 0. The result is 0, or where the maximum is no finite number that.
 */
export function spread(
  w: usize, x: usize, mask: usize, y: usize, n: usize, negate: bool, sink: f32,
): f32 {
  if (mask == 0 && !negate && sink == -Infinity) {
    const sum = windowed(w, x, y, n);
    if (sum != 0) {
      total = sum;
      top = windowExponent;
      setPlainRow();
      return 0;
    }
    meet();
  }
  blocks(w, x, mask, y, n, negate, 0, -Infinity);
  const all = largest(w, n);
  if (!(all < Infinity)) return NaN;
  let shift: f32 = 0;
  if (someFar) {
    // Once more, now that the row is known to need the maximum of all of it.
    shift = shiftOf(w, all);
    meet();
    blocks(w, x, mask, y, n, negate, shift, all - shift);
  }
  top = topExponent(w, n);
  if (top == NOTHING && sink == -Infinity) return -Infinity;
  total = 0;
  let state = stateOf(w, 0);
  for (let start: usize = 0; start < n; start += BLOCK, state += STATE) {
    const exponent = load<i32>(state, STATE_EXPONENT);
    if (exponent != NOTHING) total += load<f64>(state, STATE_SUM) * power(exponent - top);
  }
  if (sink > -Infinity && top != NOTHING)
    total += exp64((<f64>sink - <f64>shift) / <f64>load<f32>(w, TEMPERATURE)) * power(BIAS - top);
  setFaintRow(w, top, total, <f64>shift, negate);
  return 0;
}

/**
 * The states of this thread's blocks, and their exponentials in y. Where a block turns out to be far from 0, of the
 * others the maximum alone; they are walked again with the row's maximum, `top`, which is −∞ until then.
 */
function blocks(
  w: usize, x: usize, mask: usize, y: usize, n: usize, negate: bool, shift: f32, top: f32,
): void {
  let searching = false;
  const reach = load<f32>(w, REACH);
  const least = top - reach;
  const begin = first(n);
  const end = last(n);
  let state = stateOf(w, begin);
  for (let start = begin; start < end; start += BLOCK, state += STATE) {
    const length = min(BLOCK, n - start);
    const to = y + (start << 2);
    let from = x + (start << 2);
    if (mask != 0 || negate || shift != 0) {
      prepare(from, mask ? mask + start : 0, to, length, negate, shift);
      from = to;
    }
    const m = maximum(from, length);
    store<f32>(state, m, STATE_MAX);
    store<i32>(state, NOTHING, STATE_EXPONENT);
    if (m != -Infinity && (!(m < Infinity) || (top == -Infinity && isFar(w, m)))) searching = true;
    if (searching) continue;
    // Differences from a maximum far from 0 are exact within the reach of it alone.
    const bound = max(m - reach, least);
    if (m == -Infinity || m < least) {
      memory.fill(to, 0, length << 2);
      continue;
    }
    const exponent = exponentOf(w, m);
    const sum = exponentials(w, from, to, length, exponent, bound);
    store<i32>(state, exponent, STATE_EXPONENT);
    store<f64>(state, sum, STATE_SUM);
  }
  meet();
}
