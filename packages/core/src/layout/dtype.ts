import { SoftmaxError } from '../errors.ts';

export type FloatType = 'float16' | 'float32' | 'float64';
/** The types of tensors: floats, class indices (int32), masks (bool). */
export type DType = FloatType | 'int32' | 'bool';

/** The array type of each dtype on the host; float16 as its bits. */
export interface HostOf {
  float16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  int32: Int32Array;
  bool: Uint8Array;
}
export type Host = HostOf[DType];

const ARRAYS: { readonly [D in DType]: new (length: number) => HostOf[D] } = {
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  bool: Uint8Array,
};

/** @throws {SoftmaxError} INVALID_SHAPE for more values than memory can hold */
export function allocate<D extends DType>(dtype: D, length: number): HostOf[D] {
  try {
    return new ARRAYS[dtype](length);
  } catch (cause) {
    throw tooMany(length, cause);
  }
}

export const tooMany = (length: number, cause?: unknown): SoftmaxError =>
  new SoftmaxError('INVALID_SHAPE', 'memory', `${length} values`, 'values that fit in memory', cause);

export const isFloat = (dtype: unknown): dtype is FloatType =>
  dtype === 'float16' || dtype === 'float32' || dtype === 'float64';

/**
 * The dtype of per-row and per-class parameters for values of `dtype`: never narrower than float32.
 */
export const parameterType = (dtype: FloatType): 'float32' | 'float64' =>
  dtype === 'float64' ? dtype : 'float32';

/**
 * Rounds a scalar parameter as an array would be rounded, so both forms mean the same on every
 * backend.
 */
export const parameter = (value: number, dtype: FloatType): number =>
  dtype === 'float64' ? value : Math.fround(value);

export function floatType(dtype: unknown): FloatType {
  if (isFloat(dtype)) return dtype;
  throw new SoftmaxError('INVALID_DTYPE', 'dtype', dtype, 'float16, float32, float64');
}
