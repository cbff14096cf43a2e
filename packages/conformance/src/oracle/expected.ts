import type { FloatType, Shape } from '@softmax/core';
import { type Big, nearest, parts } from './big.ts';

/** The kind of a value, which determines how its error is measured (see tolerance.ts). */
export type Quantity = 'probability' | 'sparse' | 'log-probability' | 'log-sum' | 'sum-of-terms';

/** Exact values, element by element. */
export class Expected {
  readonly quantity: Quantity;
  readonly dtype: FloatType;
  readonly shape: Shape;
  /** The length of the rows. */
  readonly n: number;
  /**
   * The nearest float64 and the remainder of the exact value. Both are 0 only if the value is 0.
   */
  readonly values: Float64Array;
  readonly beyond: Float64Array;
  /** |(x − max)/T| of the element; for a sum of exponentials |max|. */
  readonly distance: Float64Array;
  /** The largest of the summed terms; 0 means that the result is exactly 0. */
  readonly largest: Float64Array;
  /**
   * The change of the result, in eps, if the capped logits are rounded to the format; 0 without a
   * cap.
   */
  readonly blur: Float64Array;

  constructor(quantity: Quantity, dtype: FloatType, shape: Shape, n: number) {
    const size = shape.reduce((a, b) => a * b, 1);
    this.quantity = quantity;
    this.dtype = dtype;
    this.shape = shape;
    this.n = n;
    this.values = new Float64Array(size);
    this.beyond = new Float64Array(size);
    this.distance = new Float64Array(size);
    this.largest = new Float64Array(size);
    this.blur = new Float64Array(size);
  }

  set(at: number, value: Big | number, distance = 0, largest: Big | number = 0): void {
    const [high, low] = typeof value === 'number' ? [value, 0] : parts(value);
    this.values[at] = high;
    this.beyond[at] = low;
    this.distance[at] = distance;
    const size = typeof largest === 'number' ? largest : nearest(largest);
    this.largest[at] = size === 0 && typeof largest !== 'number' && largest.m !== 0n ? 2 ** -1074 : size;
  }
}
