import type { HostTensor } from '../contract/call.ts';
import { type Scaled, scaled, toNumber } from '../cpu/arithmetic/scaled.ts';
import type { Host } from '../layout/dtype.ts';

/** Exponents of ordinary numbers, and exponents of numbers that keep all their digits. */
const RANGES = {
  float32: { ordinary: 100, least: -126, most: 126 },
  float64: { ordinary: 300, least: -1022, most: 1020 },
} as const;
const rangeOf = ({ dtype }: HostTensor) => RANGES[dtype === 'float64' ? dtype : 'float32'];

/**
 * Returns the denominator of a mean as a number. A mean does not change if its denominator and the
 * weights of rows, or of classes, are multiplied by one power of two. If they are very large or
 * small, the power brings them close to 1.
 *
 * @returns the denominator, and the power of two by which the class weights are multiplied
 */
export function balanced(
  weights: HostTensor,
  { m, e }: Scaled,
  classWeights?: HostTensor,
): { readonly denominator: number; readonly unit: number } {
  const down = classWeights ? balance(classWeights, exponentsOf(classWeights.data).high) : 0;
  const exponent = scaled(m).e + e - down;
  const rowExponent = balance(weights, exponent);
  // A denominator beyond the range of float64 cannot stay as it is.
  const left = exponent - rowExponent;
  const more = Math.sign(left) * Math.max(Math.abs(left) - 1020, 0);
  if (more !== 0) divide(weights.data, more);
  return { denominator: toNumber({ m, e: e - down - rowExponent - more }), unit: 2 ** -down };
}

/**
 * Divides numbers by 2^exponent, where that is not ordinary, or by the closest power that leaves
 * all of them normal. Returns the exponent of the power.
 */
function balance(numbers: HostTensor, exponent: number): number {
  const { ordinary, least, most } = rangeOf(numbers);
  if (Math.abs(exponent) <= ordinary) return 0;
  const { low, high } = exponentsOf(numbers.data);
  const power = Math.max(Math.min(exponent, low - least, 1000), high - most, -1000);
  divide(numbers.data, power);
  return power;
}

function divide(data: Host, power: number): void {
  for (let k = 0; k < data.length; k++) data[k] = toNumber({ m: data[k] as number, e: -power });
}

/** The exponents of the smallest and the largest number above 0; none is below. */
function exponentsOf(data: Host): { readonly low: number; readonly high: number } {
  let [smallest, largest] = [Number.POSITIVE_INFINITY, 0];
  for (let k = 0; k < data.length; k++) {
    const value = data[k] as number;
    if (value > largest) largest = value;
    if (value < smallest && value > 0) smallest = value;
  }
  return { low: scaled(smallest).e, high: scaled(largest).e };
}
