import type { Host } from '../dtype.ts';
import type { Problem } from '../problem.ts';
import { load } from './row.ts';
import { Sum } from './sum.ts';
import type { Sums } from './sums.ts';

/** The rows w of a matrix as functions of h: w·h + b, in float64. */
export class Linear {
  readonly #weight: Host;
  readonly #bias: Host | undefined;
  readonly #problem: Problem;
  readonly #row: Float64Array;
  readonly #one = new Float64Array(1);

  constructor({ dtype }: Problem, n: number, weight: Host, bias?: Host) {
    this.#weight = weight;
    this.#bias = bias;
    this.#problem = { outer: 1, n, inner: 1, dtype };
    this.#row = new Float64Array(n);
  }

  logit(row: number, h: Float64Array): number {
    const w = this.#load(row);
    const sum = new Sum();
    for (let k = 0; k < w.length; k++) sum.add((w[k] as number) * (h[k] as number));
    if (this.#bias) {
      load(this.#bias, row, { ...this.#problem, n: 1 }, this.#one);
      sum.add(this.#one[0] as number);
    }
    return sum.value;
  }

  /** z = w·h + b of the rows from `row` on. */
  logits(row: number, h: Float64Array, z: Float64Array): void {
    for (let k = 0; k < z.length; k++) z[k] = this.logit(row + k, h);
  }

  /** The cotangent g of a row's logit, carried back to h, and to the weights and the bias at `place`. */
  backward(
    row: number,
    h: Float64Array,
    g: number,
    dh: Sums,
    dw: Sums,
    db?: Sums,
    place: number = row,
  ): void {
    // An impossible entry takes no part, whatever its weights are: 0·NaN.
    if (g === 0) return;
    const w = this.#load(row);
    for (let k = 0; k < w.length; k++) {
      dh.add(k, g * (w[k] as number));
      dw.add(place * w.length + k, g * (h[k] as number));
    }
    db?.add(place, g);
  }

  /** The same of every row, from their cotangents scale·g. */
  backwards(h: Float64Array, g: Float64Array, scale: number, dh: Sums, dw: Sums, db?: Sums): void {
    for (let k = 0; k < g.length; k++) this.backward(k, h, scale * (g[k] as number), dh, dw, db);
  }

  #load(row: number): Float64Array {
    load(this.#weight, row * this.#row.length, this.#problem, this.#row);
    return this.#row;
  }
}
