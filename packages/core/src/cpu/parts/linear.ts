import type { Problem } from '../../contract/problem.ts';
import type { Host } from '../../layout/dtype.ts';
import { load, rounded } from '../../layout/rows.ts';
import { productError } from '../arithmetic/double-double.ts';
import type { Scale } from '../arithmetic/magnitude.ts';
import { Sum } from '../arithmetic/sum.ts';
import { Sums } from '../arithmetic/sums.ts';

/**
 * Logits, and in float64 their low words: exponentials turn an absolute error into a relative one.
 */
export interface Logits {
  readonly z: Float64Array;
  readonly low?: Float64Array | undefined;
}

/**
 * The rows of a matrix as functions of h, z = w·h + b, and the gradients of the first `places` of
 * them.
 */
export class Linear {
  readonly #dw: Sums;
  readonly #db: Sums;
  readonly #weight: Host;
  readonly #bias: Host | undefined;
  readonly #problem: Problem;
  readonly #row: Float64Array;

  constructor({ dtype }: Problem, n: number, weight: Host, bias?: Host, places = 0) {
    this.#dw = new Sums(places * n);
    this.#db = new Sums(places);
    this.#weight = weight;
    this.#bias = bias;
    this.#problem = { outer: 1, n, inner: 1, dtype };
    this.#row = new Float64Array(n);
  }

  /**
   * The logits of `count` rows from `row` on. Default: all. In float64 the products carry their
   * rounding errors (Dot2 of T. Ogita, S. M. Rump, S. Oishi, "Accurate Sum and Dot Product", 2005);
   * products of float32 have none.
   */
  logits({ z: h, low: beyond }: Logits, row = 0, count: number = this.#weight.length / h.length): Logits {
    const z = new Float64Array(count);
    const low = this.#problem.dtype === 'float64' ? new Float64Array(count) : undefined;
    if (this.#bias) load(this.#bias, row, { ...this.#problem, n: count }, z);
    for (let j = 0; j < count; j++) {
      const w = this.#load(row + j);
      const sum = new Sum();
      sum.add(z[j] as number);
      for (let k = 0; k < w.length; k++) {
        const [a, b] = [w[k] as number, h[k] as number];
        sum.add(a * b);
        if (low) sum.add(productError(a, b, a * b) + (beyond ? a * (beyond[k] as number) : 0));
      }
      const { double } = sum;
      z[j] = double.high;
      if (low) low[j] = double.low;
    }
    return { z, low };
  }

  /**
   * Carries the cotangents factor·g of `count` rows from `row` on, in their unit, back to h, and to
   * the gradients from `place` on.
   */
  backward(
    h: Float64Array,
    g: Float64Array,
    { factor, unit }: Scale,
    dh: Sums,
    row = 0,
    count: number = g.length,
    place: number = row,
  ): void {
    const [dx, dw, db] = [dh.in(unit), this.#dw.in(unit), this.#db.in(unit)];
    for (let j = 0; j < count; j++) {
      const dz = factor * (g[j] as number);
      // Impossible entries take no part for any weights: 0·NaN.
      if (dz === 0) continue;
      const w = this.#load(row + j);
      db.add(place + j, dz);
      for (let k = 0; k < w.length; k++) {
        dx.add(k, dz * (w[k] as number));
        dw.add((place + j) * w.length + k, dz * (h[k] as number));
      }
    }
  }

  get dweight(): Host {
    return rounded(this.#dw.values, this.#problem.dtype);
  }

  get dbias(): Host {
    return rounded(this.#db.values, this.#problem.dtype);
  }

  #load(row: number): Float64Array {
    load(this.#weight, row * this.#row.length, this.#problem, this.#row);
    return this.#row;
  }
}
