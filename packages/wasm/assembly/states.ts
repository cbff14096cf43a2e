// What the states of all blocks of a row come to.

import { isFar } from './logits';
import { stateOf } from './team';
import { BLOCK, NOTHING, STATE, STATE_DOT, STATE_EXPONENT, STATE_MAX, STATE_SUM } from './workspace';

/** Whether the largest logit of some block is so far from 0 that the row must be reduced by its maximum. */
export let someFar: bool = false;

/** The largest logit of the row, NaN where one is NaN. */
export function largest(w: usize, n: usize): f32 {
  let top: f32 = -Infinity;
  someFar = false;
  let state = stateOf(w, 0);
  for (let start: usize = 0; start < n; start += BLOCK, state += STATE) {
    const m = load<f32>(state, STATE_MAX);
    top = max(top, m);
    if (m > -Infinity && isFar(w, m)) someFar = true;
  }
  return top;
}

/** The largest exponent; NOTHING where no block has a possible value. */
export function topExponent(w: usize, n: usize): i32 {
  let top = NOTHING;
  let state = stateOf(w, 0);
  for (let start: usize = 0; start < n; start += BLOCK, state += STATE)
    top = max(top, load<i32>(state, STATE_EXPONENT));
  return top;
}

/** The sum of the sums over the cotangents. */
export function dots(w: usize, n: usize): f64 {
  let sum: f64 = 0;
  let state = stateOf(w, 0);
  for (let start: usize = 0; start < n; start += BLOCK, state += STATE) sum += load<f64>(state, STATE_DOT);
  return sum;
}
