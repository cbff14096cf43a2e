import { type FloatType, fromFloat16, toFloat16 } from '@softmax/core';

export interface Format {
  /** The spacing of the numbers in [1, 2). */
  readonly eps: number;
  /** The smallest number above 0. */
  readonly tiny: number;
  readonly max: number;
}

export const FORMATS: { readonly [D in FloatType]: Format } = {
  float16: { eps: 2 ** -10, tiny: 2 ** -24, max: 65504 },
  float32: { eps: 2 ** -23, tiny: 2 ** -149, max: (2 - 2 ** -23) * 2 ** 127 },
  float64: { eps: 2 ** -52, tiny: 2 ** -1074, max: Number.MAX_VALUE },
};

/** One unit in the last place of a value of this format. */
export function ulpOf(value: number, dtype: FloatType): number {
  const { eps, tiny } = FORMATS[dtype];
  DOUBLE[0] = value;
  // An exponent of 0 belongs to the subnormals, which are below the `tiny` of every other format.
  const exponent = ((HALVES[HIGH] as number) >>> 20) & 0x7ff;
  return Math.max((POWERS[exponent] as number) * eps, tiny);
}

const DOUBLE = new Float64Array(1);
const HALVES = new Uint32Array(DOUBLE.buffer);
/** The index of the half that holds the exponent. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
/** 2^e for each stored exponent e; the largest for infinity and NaN. */
const POWERS = Float64Array.from({ length: 2048 }, (_, e) => 2 ** (Math.min(e, 2046) - 1023));

/** The nearest value of the format. */
export function round(value: number, dtype: FloatType): number {
  if (dtype === 'float64') return value;
  return dtype === 'float32' ? Math.fround(value) : fromFloat16(toFloat16(value));
}

/** Rounds each value to the format, in the array type of a backend. */
export function encode(
  values: ArrayLike<number>,
  dtype: FloatType,
): Float64Array | Float32Array | Uint16Array {
  if (dtype === 'float64') return Float64Array.from(values);
  return dtype === 'float32' ? Float32Array.from(values) : Uint16Array.from(Array.from(values, toFloat16));
}

/** Reads such values as numbers. */
export function decode(data: ArrayLike<number>, dtype: string): Float64Array {
  return Float64Array.from(data, dtype === 'float16' ? fromFloat16 : Number);
}
