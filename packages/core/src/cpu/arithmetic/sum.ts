import { type Double, double } from './double-double.ts';

/**
 * A sum whose error does not grow with its length: the rounding errors are summed separately
 * (Knuth's TwoSum).
 */
export class Sum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const sum = this.#sum + value;
    const part = sum - this.#sum;
    this.#lost += this.#sum - (sum - part) + (value - part);
    this.#sum = sum;
  }

  /** The sum as a double-double, to twice the digits. */
  get double(): Double {
    return double(this.#sum, Number.isFinite(this.#sum) ? this.#lost : 0);
  }

  /** An infinite sum has no error to add. */
  get value(): number {
    return Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum;
  }
}
