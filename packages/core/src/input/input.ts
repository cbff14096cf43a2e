import type { HostTensor } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { SoftmaxError, typedError } from '../errors.ts';
import { allocate, type FloatType, floatType, type HostOf, isFloat } from '../layout/dtype.ts';
import { toFloat16, valueAt } from '../layout/float16.ts';
import { checkShape, freeze } from '../layout/shape.ts';
import { strided } from '../layout/strides.ts';
import type { Found, HostInput, NestedInput, Shaped, TypedArray } from './host-input.ts';
import { flatten } from './nested.ts';

/** Any container of numbers: host values, or a tensor of the backend. */
export type Input = HostInput | Tensor;

/**
 * Reads floats: floats keep their type, plain numbers are float64, integers and booleans become
 * float32.
 */
export function floats(input: Input, name = 'x', dtype?: FloatType): HostTensor | Tensor {
  const found = read(input, name);
  if (!(found instanceof Tensor))
    return convert(found, dtype ?? (found.dtype === 'integer' ? 'float32' : found.dtype));
  if (dtype ? found.dtype !== dtype : !isFloat(found.dtype))
    throw new SoftmaxError('INVALID_DTYPE', name, found.dtype, dtype ?? 'a tensor of floats');
  return found;
}

/** Reads floats that must be on the host. */
export function hostFloats(input: HostInput, name = 'x', dtype?: FloatType): HostTensor {
  const found = floats(input, name, dtype);
  if (found instanceof Tensor)
    throw new SoftmaxError('INVALID_INPUT', name, 'a tensor', 'values on the host');
  return found;
}

/**
 * Signals that the values of a tensor must be awaited. `run` awaits them and lowers the call again.
 */
export class Unread extends SoftmaxError {
  readonly tensor: Tensor;

  constructor(tensor: Tensor, name: string) {
    super('INVALID_INPUT', name, 'a tensor of an asynchronous backend', 'its values, by await of data()');
    this.tensor = tensor;
  }
}

/** Reads values that core itself needs: labels, masks, options. A tensor is downloaded. */
export function hostValues(input: Input, name: string): Found {
  // 16-bit labels and masks are always integers, so they are not ambiguous.
  const given = read(input, name, 'uint16');
  if (given instanceof Tensor && !Tensor.isSync(given)) throw new Unread(given, name);
  const { dtype, shape } = given;
  const data = given instanceof Tensor ? (given as Tensor<'sync'>).data() : given.data;
  const found: Found = { data, dtype: isFloat(dtype) ? dtype : 'integer', shape };
  return dtype === 'float16' ? convert(found, 'float32') : found;
}

function read(input: Input, name: string, assumed?: 'uint16'): Found | Tensor {
  try {
    return found(input, name, assumed);
  } catch (error) {
    throw typedError(error, name);
  }
}

function found(input: Input, name: string, assumed?: 'uint16'): Found | Tensor {
  if (input instanceof Tensor) return input;
  if (typeof input === 'number' || Array.isArray(input)) return nested(input, name);
  if (ArrayBuffer.isView(input)) return typed(input, name, assumed);
  const { data, shape, dims, dtype, type, stride, offset } = (input ?? {}) as Shaped;
  if (!Array.isArray(data) && !ArrayBuffer.isView(data))
    throw new SoftmaxError(
      'INVALID_INPUT',
      name,
      input,
      'a number, nested or typed arrays, { data, shape }, a tensor',
    );
  const stated = statedType(dtype ?? type, name);
  const flat = Array.isArray(data) ? nested(data, name) : typed(data as TypedArray, name, stated ?? assumed);
  const wanted = shape ?? dims ?? [flat.data.length];
  const apart = (stride !== undefined || offset !== undefined) && Array.isArray(wanted);
  const checked = checkShape(wanted, apart ? undefined : flat.data.length, name);
  const rows = apart ? strided(flat.data, checked, stride, offset ?? 0, name) : flat.data;
  const found = { data: rows, dtype: stated === 'integer' ? stated : flat.dtype, shape: checked };
  return isFloat(stated) ? convert(found, stated) : found;
}

/**
 * Resolves a dtype name of onnxruntime, NumPy or ndarray, whose plain arrays are 'array' or
 * 'generic'.
 */
function statedType(dtype: unknown, name: string): Found['dtype'] | undefined {
  if (dtype === undefined || dtype === 'array' || dtype === 'generic') return;
  if (isFloat(dtype)) return dtype;
  if (typeof dtype === 'string' && /^(bool|u?int(8|16|32)|(big)?u?int64|uint8_clamped)$/.test(dtype))
    return 'integer';
  throw new SoftmaxError('INVALID_DTYPE', name, dtype, 'float16, float32, float64, bool, int8 to uint64');
}

/**
 * Reads nested arrays: rows of typed arrays keep their type, booleans and bigints are integers,
 * numbers are float64.
 */
function nested(input: number | NestedInput, name: string): Found {
  const { data, shape: lengths, leaf } = flatten(input, name);
  const shape = freeze(lengths);
  const plain = leaf === undefined || typeof leaf === 'number' ? 'float64' : 'integer';
  const dtype = ArrayBuffer.isView(leaf) ? typed(leaf as TypedArray, name).dtype : plain;
  if (dtype === 'integer') return { data, dtype, shape };
  return convert({ data, dtype: 'float64', shape }, dtype);
}

function typed(data: TypedArray, name: string, stated?: Found['dtype'] | 'uint16'): Found {
  // A Float32Array, also of another realm, is float32. A DataView has no elements.
  const tag = tagOf(data);
  const length = tag ? lengthOf(data) : 0;
  if (!tag || data.length !== length || (length === 0 && isGone(data)))
    throw new SoftmaxError('INVALID_INPUT', name, data, 'an array with elements, and the memory of them');
  const kind = KINDS[tag];
  const bits = kind === 'uint16';
  // Float16 bits and integers look alike, so neither is assumed.
  if (bits && stated !== 'float16' && stated !== 'uint16' && stated !== 'integer')
    throw new SoftmaxError(
      'INVALID_DTYPE',
      name,
      data,
      "{ data, shape, dtype: 'float16' } for bits, 'uint16' for integers",
    );
  const type = bits ? stated : kind;
  const Own = kind === 'float16' ? Uint16Array : FLOATS[kind as 'float32'];
  return {
    // A subclass may override the methods that copy.
    data:
      Own && data.constructor !== Own ? new Own(data.buffer as ArrayBuffer, data.byteOffset, length) : data,
    dtype: isFloat(type) ? type : 'integer',
    shape: freeze([length]),
  };
}

const FLOATS = { float32: Float32Array, float64: Float64Array } as const;
/** The kinds of typed arrays that are not plainly integers. */
const KINDS: { readonly [tag: string]: FloatType | 'uint16' | undefined } = {
  Float16Array: 'float16',
  Float32Array: 'float32',
  Float64Array: 'float64',
  Uint16Array: 'uint16',
};

/** A property of all typed arrays, which an array may shadow by its own. */
const propertyOf = (name: string | symbol) =>
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Int8Array.prototype), name);
const KIND = /* @__PURE__ */ propertyOf(Symbol.toStringTag);
const LENGTH = /* @__PURE__ */ propertyOf('length');
const KEYS = /* @__PURE__ */ propertyOf('keys');
/** Returns `undefined` for a DataView. */
const tagOf = (data: object) => KIND?.get?.call(data) as string | undefined;
const lengthOf = (data: object) => LENGTH?.get?.call(data) as number;

/**
 * Returns true if the buffer was detached or shrank: the length of its arrays is 0, and their
 * methods throw.
 */
function isGone(data: TypedArray): boolean {
  try {
    KEYS?.value.call(data);
    return false;
  } catch {
    return true;
  }
}

/** Converts values to another type; returns the same array if the type already matches. */
function convert({ data, dtype, shape }: Found, to: FloatType): HostTensor & { readonly dtype: FloatType } {
  if (dtype === to) return { data: data as HostOf[FloatType], dtype: to, shape };
  const out = allocate(floatType(to), data.length);
  for (let k = 0; k < out.length; k++) {
    const value = valueAt(data, dtype, k);
    out[k] = to === 'float16' ? toFloat16(value) : value;
  }
  return { data: out, dtype: to, shape, lasting: true };
}
