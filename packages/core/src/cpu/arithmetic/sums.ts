/** An array of sums, each compensated as in `Sum`, with separate sums of terms in other units. */
export class Sums {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;
  readonly #others: { [unit: string]: Sums } = {};

  constructor(length: number) {
    this.#sums = new Float64Array(length);
    this.#lost = new Float64Array(length);
  }

  add(at: number, value: number): void {
    const old = this.#sums[at] as number;
    const sum = old + value;
    const part = sum - old;
    this.#sums[at] = sum;
    this.#lost[at] = (this.#lost[at] as number) + (old - (sum - part) + (value - part));
  }

  /** The accumulator for terms scaled by `unit`; its values carry the same scale. */
  in(unit: number): Sums {
    if (unit === 1) return this;
    this.#others[unit] ??= new Sums(this.#sums.length);
    return this.#others[unit];
  }

  /** The sums, in a new array that later `add` calls do not change. */
  get values(): Float64Array {
    const all = this.#sums.map((sum, k) => (Number.isFinite(sum) ? sum + (this.#lost[k] as number) : sum));
    for (const [unit, { values }] of Object.entries(this.#others))
      for (let k = 0; k < all.length; k++) all[k] = (all[k] as number) + (values[k] as number) / Number(unit);
    return all;
  }
}
