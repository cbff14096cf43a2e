import type { HostTensor } from './call.ts';
import { allocate, type FloatType, floatType, type HostOf, isFloat } from './dtype.ts';
import { SoftmaxError } from './errors.ts';
import { fromFloat16, toFloat16 } from './float16.ts';
import type { Found, HostInput, NestedInput, Shaped, TypedArray } from './host-input.ts';
import { flatten } from './nested.ts';
import { checkShape, type Shape, sizeOf } from './shape.ts';
import { contiguous } from './strides.ts';
import { Tensor } from './tensor.ts';

/** Whatever holds numbers: host values, or a tensor of the backend at hand. */
export type Input = HostInput | Tensor;

/** Floats stay what they are, plain numbers are doubles, integers and booleans become float32. */
export function floats(input: Input, name = 'x', dtype?: FloatType): HostTensor | Tensor {
  const found = read(input, name);
  if (!(found instanceof Tensor))
    return convert(found, dtype ?? (found.dtype === 'integer' ? 'float32' : found.dtype));
  if (dtype ? found.dtype !== dtype : !isFloat(found.dtype))
    throw new SoftmaxError('INVALID_DTYPE', name, found.dtype, dtype ?? 'a tensor of floats');
  return found;
}

/** The same for values that must be on the host. */
export function hostFloats(input: HostInput, name = 'x', dtype?: FloatType): HostTensor {
  const found = floats(input, name, dtype);
  if (found instanceof Tensor)
    throw new SoftmaxError('INVALID_INPUT', name, 'a tensor', 'values on the host');
  return found;
}

/** Values that core itself must look at: labels, masks, options. */
export function hostValues(input: Input, name: string): Found {
  // Labels and masks of 16 bits are integers: there is nothing to guess.
  const found = read(input, name, 'uint16');
  if (found instanceof Tensor)
    throw new SoftmaxError('INVALID_INPUT', name, 'a tensor', 'values on the host');
  return found.dtype === 'float16' ? { ...found, data: convert(found, 'float32').data } : found;
}

function read(input: Input, name: string, assumed?: 'uint16'): Found | Tensor {
  if (input instanceof Tensor) return input;
  if (typeof input === 'number') return { data: Float64Array.of(input), dtype: 'float64', shape: [] };
  if (ArrayBuffer.isView(input)) return typed(input, [input.length], assumed, name);
  if (Array.isArray(input)) return nested(input as NestedInput, name);
  const { data, shape, dims, dtype, type, stride, offset } = (input ?? {}) as Shaped;
  const flat = Array.isArray(data) ? nested(data as NestedInput, name).data : data;
  if (!ArrayBuffer.isView(flat))
    throw new SoftmaxError(
      'INVALID_INPUT',
      name,
      input,
      'a number, nested or typed arrays, { data, shape }, a tensor',
    );
  const wanted = shape ?? dims ?? [flat.length];
  const strided = (stride !== undefined || offset !== undefined) && Array.isArray(wanted);
  const checked = checkShape(wanted, strided ? sizeOf(wanted) : flat.length, name);
  const rows = strided ? contiguous(flat, checked, stride, offset, name) : flat;
  return typed(rows as TypedArray, checked, dtype ?? type ?? assumed, name);
}

/** Nested arrays: rows of typed arrays keep their type, booleans and bigints are integers, numbers are doubles. */
function nested(input: NestedInput, name: string): Found {
  const { data, shape, leaf } = flatten(input, name);
  const plain = leaf === undefined || typeof leaf === 'number' ? 'float64' : 'integer';
  const dtype = ArrayBuffer.isView(leaf) ? typed(leaf as TypedArray, [], undefined, name).dtype : plain;
  return dtype === 'integer'
    ? { data, dtype, shape }
    : { ...convert({ data, dtype: 'float64', shape }, dtype), dtype };
}

function typed(data: TypedArray, shape: Shape, stated: string | undefined, name: string): Found {
  // "[object Float32Array]", also of another realm's array; a DataView has no elements.
  const kind = Object.prototype.toString.call(data).slice(8, -6).toLowerCase();
  if (!(data.length >= 0)) throw new SoftmaxError('INVALID_INPUT', name, data, 'an array with elements');
  if (kind === 'float16')
    return { data: new Uint16Array(data.buffer, data.byteOffset, data.length), dtype: 'float16', shape };
  // Bits or integers? Nobody can tell, so nobody guesses.
  if (kind === 'uint16' && stated !== 'float16' && stated !== 'uint16')
    throw new SoftmaxError(
      'INVALID_DTYPE',
      name,
      data,
      "{ data, shape, dtype: 'float16' } for bits, 'uint16' for integers",
    );
  if (kind === 'uint16' && stated === 'float16') return { data, dtype: 'float16', shape };
  const found: Found = { data, dtype: isFloat(kind) ? kind : 'integer', shape };
  return stated !== undefined && isFloat(stated)
    ? ({ ...convert(found, stated), dtype: stated } as Found)
    : found;
}

/** The same values as another type; the very same array where the type is right already. */
function convert({ data, dtype, shape }: Found, to: FloatType): HostTensor {
  if (dtype === to) return { data: data as HostOf[FloatType], dtype: to, shape };
  const out = allocate(floatType(to), data.length);
  for (let k = 0; k < out.length; k++) {
    const value = dtype === 'float16' ? fromFloat16(data[k] as number) : Number(data[k]);
    out[k] = to === 'float16' ? toFloat16(value) : value;
  }
  return { data: out, dtype: to, shape, lasting: true };
}
