import { exponential, exponentials } from './exponentials';
import { exp64 } from './double-exp';
import { exponentOf, power } from './exp';
import { setFaintRow, setPlainRow } from './faint';
import { isFar, prepare, shiftOf } from './logits';
import { indexOf, maximum } from './maximum';
import { largest, someFar } from './states';
import { first, last, meet, stateOf } from './team';
import { windowed, windowExponent, windowMax } from './window';
import {
  BLOCK, NOTHING, PREPARED, REACH, STATE, STATE_AT, STATE_EXPONENT, STATE_MAX, STATE_PEAK, STATE_SUM, TEMPERATURE,
} from './workspace';

export const NOWHERE: usize = usize.MAX_VALUE;
/** The largest logit of the row, sign and mask applied. */
export let rowMax: f32 = 0;
/** Where it stands; NOWHERE where that was not looked for, as the largest term is no more than half of all. */
export let rowAt: usize = 0;
/** The sum of all exponentials but that one, relative to it: log Σ e = max/T + log1p(rest). */
export let rowRest: f64 = 0;
/** What was subtracted from the logits before they were reduced. */
export let rowShift: f32 = 0;
/** What the exponentials that were kept are relative to, and that of the maximum. */
export let rowExponent: i32 = 0;
export let rowPeak: f64 = 0;

/** The sum of the exponentials of a block but for that at `at`; each is written to y. */
function blockRest(w: usize, x: usize, y: usize, n: usize, exponent: i32, least: f32, at: usize): f64 {
  const first = at & ~3;
  const next = min(first + 4, n);
  let sum: f64 = 0;
  for (let k = first; k < next; k++) {
    const e = exponential(w, load<f32>(x + (k << 2)), exponent, least);
    store<f32>(y + (k << 2), e);
    if (k != at) sum += <f64>e;
  }
  const after = n - next;
  if (first) sum += exponentials(w, x, y, first, exponent, least);
  if (after) sum += exponentials(w, x + (next << 2), y + (next << 2), after, exponent, least);
  return sum;
}

/** The same in one pass, for a row within one window where the largest term is no more than half of all. */
function reduceWindow(w: usize, x: usize, to: usize, n: usize): bool {
  const sum = windowed(w, x, to, n);
  if (sum == 0) return false;
  const peak = <f64>exponential(w, windowMax, windowExponent, -Infinity);
  if (sum < 2 * peak) return false;
  rowMax = windowMax;
  rowAt = NOWHERE;
  rowShift = 0;
  rowExponent = windowExponent;
  rowPeak = peak;
  rowRest = sum / peak - 1;
  return true;
}

/**
 * Finds max, at and rest of one row. The largest term stands apart from the rest, so that log1p(rest) is exact near 0
 * (Blanchard, Higham & Higham 2021). Where `to` is given it is left with the logits, or where `keep` with their
 * exponentials (in blocks, relative to the exponents in the states). False where the maximum is no finite number.
 */
export function reduce(
  w: usize, x: usize, mask: usize, to: usize, n: usize, negate: bool, keep: bool,
): bool {
  if (mask == 0 && !negate) {
    if (reduceWindow(w, x, keep ? to : 0, n)) {
      setPlainRow();
      return true;
    }
    meet();
  }
  rowShift = 0;
  blockRests(w, x, mask, to, n, negate, keep, -Infinity);
  rowMax = largest(w, n);
  if (!(abs(rowMax) < Infinity)) return false;
  if (someFar) {
    rowShift = shiftOf(w, rowMax);
    meet();
    blockRests(w, x, mask, to, n, negate, keep, rowMax - rowShift);
  }
  let best: f32 = -Infinity;
  let peak: f64 = 0;
  let rest: f64 = 0;
  let top = NOTHING;
  let state = stateOf(w, 0);
  for (let start: usize = 0; start < n; start += BLOCK, state += STATE) {
    const exponent = load<i32>(state, STATE_EXPONENT);
    if (exponent == NOTHING) continue;
    const m = load<f32>(state, STATE_MAX);
    const own = <f64>load<f32>(state, STATE_PEAK);
    const others = load<f64>(state, STATE_SUM);
    if (m > best) {
      // −inf before the first block: nothing to carry over.
      const carried = best == -Infinity ? 0 : (rest + peak) * power(top - exponent);
      rest = carried + others;
      peak = own;
      best = m;
      top = exponent;
      rowAt = <usize>load<u32>(state, STATE_AT);
    } else rest += (own + others) * power(exponent - top);
  }
  rowExponent = top;
  rowPeak = peak;
  rowRest = rest / peak;
  // Here the rest is a result, and may be subnormal; float32 exponentials end at e^−108.
  if (rowRest < 1e-30) rowRest = exactRest(x, mask, n, negate, <f64>load<f32>(w, TEMPERATURE));
  if (keep) setFaintRow(w, top, peak * (1 + rowRest), <f64>rowShift, negate);
  return true;
}

/**
 * The states of this thread's blocks. Where a block turns out to be far from 0, of the others the maximum alone; they are
 * walked again with the row's maximum, `top`, which is −∞ until then.
 */
function blockRests(
  w: usize, x: usize, mask: usize, to: usize, n: usize, negate: bool, keep: bool, top: f32,
): void {
  let searching = false;
  const reach = load<f32>(w, REACH);
  const least = top - reach;
  const begin = first(n);
  const end = last(n);
  let state = stateOf(w, begin);
  for (let start = begin; start < end; start += BLOCK, state += STATE) {
    const length = min(BLOCK, n - start);
    const into = to ? to + (start << 2) : w + PREPARED;
    let from = x + (start << 2);
    if (mask != 0 || negate || rowShift != 0) {
      prepare(from, mask ? mask + start : 0, into, length, negate, rowShift);
      from = into;
    }
    const m = maximum(from, length);
    store<f32>(state, m, STATE_MAX);
    store<i32>(state, NOTHING, STATE_EXPONENT);
    if (m != -Infinity && (!(m < Infinity) || (top == -Infinity && isFar(w, m)))) searching = true;
    if (searching) continue;
    const bound = max(m - reach, least);
    if (m == -Infinity || m < least) {
      if (keep) memory.fill(into, 0, length << 2);
      continue;
    }
    const exponent = exponentOf(w, m);
    const at = indexOf(from, length, m);
    store<f32>(state, exponential(w, m, exponent, bound), STATE_PEAK);
    store<f64>(state, blockRest(w, from, keep ? into : w + PREPARED, length, exponent, bound, at), STATE_SUM);
    store<i32>(state, exponent, STATE_EXPONENT);
    store<u32>(state, <u32>(start + at), STATE_AT);
  }
  meet();
}

/** The rest as a sum of float64 exponentials, its rounding errors summed beside it (Knuth's TwoSum). */
export function exactRest(x: usize, mask: usize, n: usize, negate: bool, t: f64): f64 {
  const sign: f64 = negate ? -1 : 1;
  // Only a row without sign or mask was not searched.
  const skipped = rowAt == NOWHERE ? indexOf(x, n, rowMax) : rowAt;
  let sum: f64 = 0;
  let lost: f64 = 0;
  for (let k: usize = 0; k < n; k++) {
    if (k == skipped || (mask != 0 && !load<u8>(mask + k))) continue;
    const e = exp64((sign * <f64>load<f32>(x + (k << 2)) - <f64>rowMax) / t);
    const next = sum + e;
    const part = next - sum;
    lost += sum - (next - part) + (e - part);
    sum = next;
  }
  return sum + lost;
}

/** Adds a logit that stands beside the row, no larger than its maximum. */
export function addSink(w: usize, sink: f32): void {
  rowRest += exp64((<f64>sink - <f64>rowMax) / <f64>load<f32>(w, TEMPERATURE));
}
