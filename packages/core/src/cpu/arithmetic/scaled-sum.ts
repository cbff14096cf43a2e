import { product, quotient, type Scaled, scaled, sumOf, toNumber } from './scaled.ts';
import { Sum } from './sum.ts';

/** Returns true for 0, and for numbers whose sums and products keep every digit. */
export function isOrdinary(x: number): boolean {
  const size = Math.abs(x);
  return (size >= LEAST && size <= MOST) || size === 0;
}
const LEAST = 2 ** -300;
const MOST = 2 ** 300;

/**
 * Returns true for a sum of products that has lost no digit to the limits of float64, if its terms
 * have one sign.
 */
export function isWithin(x: number): boolean {
  const size = Math.abs(x);
  return size >= LEAST_TERM && size <= MOST_TERM;
}
const LEAST_TERM = 2 ** -900;
const MOST_TERM = 2 ** 900;

/** a·b/c of numbers of any magnitude. */
export function ratio(a: number, b: number, c = 1): Scaled {
  if (isOrdinary(a) && isOrdinary(b) && isOrdinary(c)) return { m: (a / c) * b, e: 0 };
  return quotient(product(scaled(a), scaled(b)), scaled(c));
}

export const times = (a: Scaled, b: Scaled): Scaled => {
  const { m, e } = ratio(a.m, b.m);
  return { m, e: e + a.e + b.e };
};

/** a·f, out of range only if the product is; f may be. */
export const scaledBy = (a: number, f: Scaled): number =>
  f.e === 0 && isOrdinary(f.m) ? a * f.m : toNumber(times({ m: a, e: 0 }, f));

/** Multiplies a row by f; 0 stays 0. */
export function multiply(row: Float64Array, f: Scaled): void {
  const isPlain = f.e === 0 && isOrdinary(f.m);
  for (let k = 0; k < row.length; k++) {
    const a = row[k] as number;
    if (a !== 0) row[k] = isPlain ? a * f.m : scaledBy(a, f);
  }
}

/**
 * A compensated sum of products of any magnitude: terms beyond 2^±900 have sums of their own, in
 * units of 2^(1024·k).
 */
export class ScaledSum {
  #sum = 0;
  #lost = 0;
  #others: Map<number, Sum> | undefined;

  /** Adds a·b·2^e. */
  add(a: number, b = 1, e = 0): void {
    const term = a * b;
    if (e === 0 && isWithin(term)) this.#addPlain(term);
    else if (!Number.isFinite(a) || !Number.isFinite(b)) this.#addPlain(term);
    else if (a !== 0 && b !== 0) this.#addScaled(product(scaled(a), scaled(b), { m: 1, e }));
  }

  /** Equal to the result of `Sum` for ordinary terms. */
  #addPlain(term: number): void {
    const sum = this.#sum + term;
    const part = sum - this.#sum;
    this.#lost += this.#sum - (sum - part) + (term - part);
    this.#sum = sum;
  }

  #addScaled({ m, e }: Scaled): void {
    const unit = Math.round(e / 1024);
    this.#others ??= new Map();
    const sum = this.#others.get(unit) ?? new Sum();
    this.#others.set(unit, sum);
    sum.add(toNumber({ m, e: e - 1024 * unit }));
  }

  get value(): Scaled {
    const plain = { m: Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum, e: 0 };
    if (!this.#others || !Number.isFinite(plain.m)) return plain;
    return sumOf([plain, ...Array.from(this.#others, ([unit, { value }]) => ({ m: value, e: 1024 * unit }))]);
  }
}
