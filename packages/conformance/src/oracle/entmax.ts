import type { Axis, FloatType, Shape } from '@softmax/core';
import {
  absolute,
  type Big,
  big,
  divide,
  exponentOf,
  multiply,
  nearest,
  ONE,
  subtract,
  total,
  trim,
  ZERO,
} from './big.ts';
import { distribution } from './distribution.ts';
import { distributionGrad } from './distribution-grad.ts';
import { Expected } from './expected.ts';
import { hardmax } from './hardmax.ts';
import { power } from './power.ts';
import { cutRows } from './rows.ts';
import { sparseOf } from './sparse.ts';
import { isEndless, pulled } from './unbounded.ts';

export interface EntmaxExample {
  readonly x: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: FloatType;
  readonly axis?: Axis;
  readonly mask?: readonly boolean[];
}

const rowsOf = ({ x, shape, axis, mask }: EntmaxExample, alpha: number) => {
  const { rows, n } = cutRows(shape, axis);
  const solved = rows.map((at) => {
    const row = at.map((k) => x[k] as number);
    const allowed = mask && at.map((k) => mask[k] as boolean);
    const max = Math.max(...row.filter((_, k) => allowed?.[k] ?? true));
    return { at, ...sparseOf(row, allowed, alpha), distance: (k: number) => max - (row[k] as number) };
  });
  return { rows: solved, n };
};

/** α-entmax: softmax at 1, hardmax at ∞. */
export function entmax(example: EntmaxExample, alpha: number): Expected {
  if (alpha === 1) return distribution(example, 'softmax');
  if (alpha === Number.POSITIVE_INFINITY) return hardmax(example);
  const { rows, n } = rowsOf(example, alpha);
  const out = new Expected('sparse', example.dtype, example.shape, n);
  for (const { at, kind, z, p, distance } of rows)
    for (const [k, place] of at.entries()) {
      const lost = kind !== 'finite' && kind !== 'masked' && (example.mask?.[place] ?? true);
      if (lost) out.set(place, Number.NaN);
      else if (z[k]) out.set(place, p[k] as Big, distance(k), condition(p[k] as Big, alpha));
    }
  return out;
}

/**
 * What an error of 1 in the threshold is in p = u^{1/s}: p^{1 − s}/s, not below p, and not above 1,
 * the sum of all.
 */
export function condition(p: Big, alpha: number): Big {
  if (p.m === 0n) return ZERO;
  const s = subtract(big(alpha), ONE);
  const own = divide(power(p, subtract(ONE, s)), s);
  if (subtract(own, ONE).m > 0n) return ONE;
  return subtract(own, p).m > 0n ? own : p;
}

/** dx = s ∘ (dy − Σ s·dy / Σ s), s = p^{2 − α}; an s above 10³⁰⁰ is that. */
export function entmaxGrad(example: EntmaxExample, dy: ArrayLike<number>, alpha: number): Expected {
  if (alpha === 1) return distributionGrad(example, dy, 'softmax');
  const { rows, n } = rowsOf(example, alpha === Number.POSITIVE_INFINITY ? 2 : alpha);
  const out = new Expected('sum-of-terms', example.dtype, example.shape, n);
  if (alpha === Number.POSITIVE_INFINITY) return out;
  const blurred = example.dtype === 'float64' && alpha !== 2 && alpha !== 1.5;
  for (const { at, kind, z, p, distance } of rows) {
    const weights = p.map((share) => weight(share, alpha));
    // Outside of the support dy is not read.
    const read = at.map((place, k) => (p[k]?.m === 0n ? undefined : (dy[place] as number)));
    if (read.some(isEndless)) {
      for (const [k, value] of pulled(read).entries())
        if (value !== undefined) out.set(at[k] as number, value);
      continue;
    }
    const g = read.map((own) => (own === undefined ? ZERO : big(own)));
    const all = total(weights);
    const mean = (f: (v: Big) => Big) =>
      all.m === 0n ? ZERO : divide(total(weights.map((w, k) => multiply(w, f(g[k] as Big)))), all);
    const [centre, size] = [mean((v) => v), mean(absolute)];
    for (const [k, place] of at.entries()) {
      const seen = example.x[place] !== Number.NEGATIVE_INFINITY && (example.mask?.[place] ?? true);
      if ((kind === 'nan' || kind === 'infinite') && seen) out.set(place, Number.NaN);
      const w = weights[k] as Big;
      if (!z[k] || w.m === 0n) continue;
      const own = g[k] as Big;
      const most = subtract(absolute(own), size).m > 0n ? absolute(own) : size;
      const largest = trim(multiply(w, most));
      const value = clean(multiply(w, subtract(own, centre)), multiply(w, most));
      out.set(place, value, distance(k), largest);
      if (blurred) out.blur[place] = 8 * (nearest(spread(p[k] as Big, alpha)) - 1);
    }
  }
  return out;
}

/**
 * By how many times more than p itself p^{2 − α} is uncertain in float64: |2 − α|·condition/p, at
 * least 1.
 */
function spread(p: Big, alpha: number): Big {
  const times = divide(multiply(absolute(subtract(big(2), big(alpha))), condition(p, alpha)), p);
  return subtract(times, ONE).m > 0n ? times : ONE;
}

const CUT = big(1e300);

function weight(p: Big, alpha: number): Big {
  if (p.m === 0n || alpha === 2) return p.m === 0n ? ZERO : ONE;
  const s = power(p, subtract(big(2), big(alpha)));
  return subtract(s, CUT).m > 0n ? CUT : s;
}

/** The difference of equal numbers is 0. */
const clean = (value: Big, of: Big): Big =>
  exponentOf(absolute(value)) < exponentOf(of) - 300 ? ZERO : trim(value);
