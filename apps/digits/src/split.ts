import { type Digits, take } from './digits.ts';
import { random, shuffled } from './random.ts';

const UNSEEN = 2000;

/** Digits to learn from, and others to be tried on. */
export function split(digits: Digits, seed: number): { readonly training: Digits; readonly unseen: Digits } {
  const order = shuffled(digits.labels.length, random(seed));
  return { training: take(digits, order.slice(UNSEEN)), unseen: take(digits, order.slice(0, UNSEEN)) };
}
