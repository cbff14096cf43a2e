import type { FloatType, Shape } from '@softmax/core';
import { absolute, add, type Big, big, multiply, trim, ZERO } from './big.ts';
import { Expected } from './expected.ts';

/** A number only where it is not finite. */
export type Value = Big | number;

/** A sum, and the sum of the sizes of its terms. */
export interface Sized {
  readonly value: Value;
  readonly size: Big;
}

export const sized = (value: number): Sized =>
  Number.isFinite(value) ? { value: big(value), size: absolute(big(value)) } : { value, size: ZERO };

/** Never 0·NaN: what is exactly 0 is not multiplied. */
const times = (a: Sized, b: Sized): Sized =>
  typeof a.value === 'number' || typeof b.value === 'number'
    ? { value: numberOf(a.value) * numberOf(b.value), size: ZERO }
    : { value: trim(multiply(a.value, b.value)), size: trim(multiply(a.size, b.size)) };

/** Only the sign of a finite value matters to an infinite one. */
const numberOf = (a: Value): number => (typeof a === 'number' ? a : a.m === 0n ? 0 : a.m > 0n ? 1 : -1);

export function plus(a: Sized, b: Sized): Sized {
  if (typeof a.value === 'number' || typeof b.value === 'number') {
    const lost = [a.value, b.value].filter((each) => typeof each === 'number');
    return { value: lost.reduce((x, y) => x + y), size: ZERO };
  }
  return { value: trim(add(a.value, b.value)), size: trim(add(a.size, b.size)) };
}

/** −a. */
export const opposite = (a: Value): Value => (typeof a === 'number' ? -a : { m: -a.m, e: a.e });

export const NONE: Sized = { value: ZERO, size: ZERO };

/** Sums at many places. */
export class Cells {
  readonly #cells: Sized[];

  constructor(size: number) {
    this.#cells = new Array<Sized>(size).fill(NONE);
  }

  add(at: number, term: Sized): void {
    this.#cells[at] = plus(this.#cells[at] as Sized, term);
  }

  get all(): readonly Sized[] {
    return this.#cells;
  }

  /**
   * @param blur what the rounding of the logits alone moves the terms by, relatively, in eps
   * @param places the cells that are wanted; default: all
   */
  expected(
    dtype: FloatType,
    shape: Shape,
    n: number,
    blur: number,
    places: readonly number[] = [...this.#cells.keys()],
  ): Expected {
    const out = new Expected('sum-of-terms', dtype, shape, n);
    for (const [at, place] of places.entries()) {
      const { value, size } = this.#cells[place] as Sized;
      out.set(at, value, 0, size);
      out.blur[at] = blur;
    }
    return out;
  }
}

/** The cells of rows, one after the other. */
export function stacked(rows: readonly Cells[]): Cells {
  const all = rows.flatMap((row) => row.all);
  const out = new Cells(all.length);
  for (const [at, own] of all.entries()) out.add(at, own);
  return out;
}

/** z = w·x + b, row by row, and the way back. */
export class Layer {
  readonly dw: Cells;
  readonly db: Cells;
  readonly #weight: ArrayLike<number>;
  readonly #bias: ArrayLike<number> | undefined;
  readonly #width: number;

  constructor(weight: ArrayLike<number>, width: number, bias?: ArrayLike<number>) {
    this.#weight = weight;
    this.#bias = bias;
    this.#width = width;
    this.dw = new Cells(weight.length);
    this.db = new Cells(weight.length / width);
  }

  logits(x: readonly Sized[], row = 0, count: number = this.#weight.length / this.#width): Sized[] {
    return Array.from({ length: count }, (_, j) => {
      const terms = x.map((own, k) => times(this.#at(row + j, k), own));
      return [...terms, sized(this.#bias?.[row + j] ?? 0)].reduce(plus);
    });
  }

  /** Terms that are exactly 0 take no part, whatever the weights. */
  back(x: readonly Sized[], dz: readonly Sized[], dx: Cells, row = 0): void {
    for (const [j, own] of dz.entries()) {
      if (typeof own.value !== 'number' && own.value.m === 0n && own.size.m === 0n) continue;
      this.db.add(row + j, own);
      for (const [k, feature] of x.entries()) {
        this.dw.add((row + j) * this.#width + k, times(own, feature));
        dx.add(k, times(own, this.#at(row + j, k)));
      }
    }
  }

  #at(row: number, k: number): Sized {
    return sized(this.#weight[row * this.#width + k] as number);
  }
}

export const scaled = (term: Sized, by: Value): Sized =>
  times(term, typeof by === 'number' ? sized(by) : { value: by, size: absolute(by) });
