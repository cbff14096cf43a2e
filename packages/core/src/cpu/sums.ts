/** Many sums beside each other, each as `Sum`. */
export class Sums {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

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

  /** The sums, in an array that `add` no longer belongs to. */
  get values(): Float64Array {
    return this.#sums.map((sum, k) => (Number.isFinite(sum) ? sum + (this.#lost[k] as number) : sum));
  }
}
