import { must } from './outputs.ts';

/** The value that χ² exceeds with probability 5e−4, within 0.5 % (Wilson & Hilferty 1931). */
const limitOf = (degrees: number): number =>
  degrees * (1 - 2 / (9 * degrees) + 3.2905 * Math.sqrt(2 / (9 * degrees))) ** 3;

/** Choices with a lower expected count are merged. */
const SELDOM = 10;

/**
 * Pearson's χ² test: draws against the probability of each choice. A choice of probability 0 must
 * not be drawn.
 */
export function chiSquare(drawn: readonly string[], expected: ReadonlyMap<string, number>): void {
  const counts = new Map<string, number>();
  for (const choice of drawn) counts.set(choice, (counts.get(choice) ?? 0) + 1);
  for (const choice of counts.keys())
    must((expected.get(choice) ?? 0) > 0, `the impossible choice ${choice}`);
  const cells = [...expected].map(([choice, p]) => ({
    seen: counts.get(choice) ?? 0,
    mean: drawn.length * p,
  }));
  const often = cells.filter(({ mean }) => mean >= SELDOM);
  const seldom = cells.filter(({ mean }) => mean < SELDOM);
  const rest = seldom.reduce((a, b) => ({ seen: a.seen + b.seen, mean: a.mean + b.mean }), {
    seen: 0,
    mean: 0,
  });
  const all = rest.mean > 0 ? [...often, rest] : often;
  const chi = all.reduce((sum, { seen, mean }) => sum + (seen - mean) ** 2 / mean, 0);
  const limit = limitOf(all.length - 1);
  must(chi < limit, `χ² = ${chi.toFixed(1)}, above ${limit.toFixed(1)} in 1 of 2000 honest runs`);
}

/** The test of Kolmogorov and Smirnov: values against their distribution function. */
export function kolmogorovSmirnov(values: readonly number[], f: (v: number) => number): void {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  const gap = sorted.reduce((most, v, k) => Math.max(most, f(v) - k / n, (k + 1) / n - f(v)), 0);
  // 2·e^(−2λ²) = 5e−4 (Smirnov 1948).
  const limit = Math.sqrt(Math.log(2 / 5e-4) / 2 / n);
  must(gap < limit, `the distance is ${gap.toFixed(5)}, above ${limit.toFixed(5)} in 1 of 2000 honest runs`);
}
