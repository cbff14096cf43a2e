import { DIGIT_LOGITS } from './digit-logits.ts';

/** Numbers in [0, 1) from a seed (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", 2014: splitmix32). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** A seed of its own for each name. */
export function seedOf(seed: number, name: string): number {
  let hash = seed | 0;
  for (let k = 0; k < name.length; k++) hash = Math.imul(hash ^ name.charCodeAt(k), 0x01000193);
  return hash;
}

const normal = (next: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** Rows of logits: what a network gives, and what breaks a careless softmax. */
export const LOGITS: { readonly [name: string]: (n: number, next: () => number) => number[] } = {
  'normal-1': (n, next) => Array.from({ length: n }, () => normal(next)),
  'uniform-10': (n, next) => Array.from({ length: n }, () => 20 * next() - 10),
  'normal-10': (n, next) => Array.from({ length: n }, () => 10 * normal(next)),
  'normal-50': (n, next) => Array.from({ length: n }, () => 50 * normal(next)),
  'one-dominant': (n, next) => Array.from({ length: n }, (_, k) => (k === n >> 1 ? 30 : 0) + normal(next)),
  '80-to-100': (n, next) => Array.from({ length: n }, () => 80 + 20 * next()),
  'near-10000': (n, next) => Array.from({ length: n }, () => 1e4 + 5 * normal(next)),
  ties: (n, next) => Array.from({ length: n }, () => Math.floor(4 * next())),
  'near-underflow': (n, next) => Array.from({ length: n }, (_, k) => (k === 0 ? 0 : -85 - 20 * next())),
  digits: (n, next) => {
    const start = Math.floor(next() * DIGIT_LOGITS.length);
    return Array.from({ length: n }, (_, k) => DIGIT_LOGITS[(start + k) % DIGIT_LOGITS.length] as number);
  },
  'very-wide': (n, next) => Array.from({ length: n }, () => 1000 * normal(next)),
};
