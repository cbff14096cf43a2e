import { SoftmaxError } from '../errors.ts';
import type { TypedArray } from '../input/host-input.ts';
import { tooMany } from './dtype.ts';
import { type Shape, sizeOf } from './shape.ts';

/** Copies the elements at offset + i·stride₀ + j·stride₁ + …, in row-major order. */
function gather<A extends TypedArray>(data: A, shape: Shape, stride: readonly number[], offset = 0): A {
  const out = emptyLike(data, sizeOf(shape));
  const index = shape.map(() => 0);
  for (let to = 0, from = offset; to < out.length; to++) {
    out[to] = data[from] as number;
    for (let d = shape.length - 1; d >= 0; d--) {
      const [step, length] = [stride[d] as number, shape[d] as number];
      const next = (index[d] as number) + 1;
      from += step;
      index[d] = next % length;
      if (next < length) break;
      from -= step * length;
    }
  }
  return out as TypedArray as A;
}

function emptyLike(data: TypedArray, length: number): Uint8Array {
  try {
    return new (data.constructor as new (length: number) => Uint8Array)(length);
  } catch (cause) {
    throw tooMany(length, cause);
  }
}

const rowMajor = (shape: Shape): number[] => shape.map((_, d) => sizeOf(shape.slice(d + 1)));

const MAX_REPEATED = 2 ** 28;

/** Reads the elements of an ndarray, all of which must exist. */
export function strided(
  data: TypedArray,
  shape: Shape,
  stride: readonly number[] = rowMajor(shape),
  offset: number,
  name: string,
): TypedArray {
  const listed = Array.isArray(stride) || ArrayBuffer.isView(stride);
  const step = listed && stride.length === shape.length ? shape.map((_, d) => stride[d] as number) : [];
  const whole = step.length === shape.length && [...step, offset].every(Number.isSafeInteger);
  const steps = whole ? shape.map((length, d) => (length - 1) * (step[d] as number)) : [];
  const reach = (sign: 1 | -1) => steps.reduce((sum, s) => (s * sign > 0 ? sum + s : sum), offset);
  const inside = sizeOf(shape) === 0 || (reach(-1) >= 0 && reach(1) < data.length);
  // A fractional index gives undefined.
  if (!listed || !whole || !inside)
    throw new SoftmaxError(
      'INVALID_SHAPE',
      `${name}: stride, offset`,
      [stride, offset],
      `an integer for each axis, and places inside ${data.length} values`,
    );
  // A stride of 0 repeats values: a few bytes may request any number of them.
  if (sizeOf(shape) > Math.max(data.length, MAX_REPEATED))
    throw new SoftmaxError('INVALID_SHAPE', `${name}: shape`, [...shape], 'at most 2^28 repeated values');
  return gather(data, shape, step, offset);
}

/** Permutes the axes of values. */
export function permute<A extends TypedArray>(data: A, shape: Shape, order: readonly number[]): A {
  const stride = rowMajor(shape);
  const along = (sizes: readonly number[]) => order.map((d) => sizes[d] as number);
  return gather(data, along(shape), along(stride));
}

/** Permutes values from `order` back to the axes of `shape`. */
export const restore = <A extends TypedArray>(data: A, shape: Shape, order: readonly number[]): A =>
  permute(
    data,
    order.map((d) => shape[d] as number),
    order.map((_, d) => order.indexOf(d)),
  );

/** Repeats values along axes that they lack, or have with length 1 (NumPy's broadcasting rules). */
export function broadcast<A extends TypedArray>(data: A, from: Shape, to: Shape, name: string): A {
  const sourceStrides = rowMajor(from);
  const lead = to.length - from.length;
  if (lead < 0 || from.some((length, d) => length !== 1 && length !== to[d + lead]))
    throw new SoftmaxError('INVALID_SHAPE', name, [...from], `a shape that broadcasts to [${to}]`);
  const stride = to.map((_, d) =>
    d < lead || from[d - lead] === 1 ? 0 : (sourceStrides[d - lead] as number),
  );
  return gather(data, to, stride);
}
