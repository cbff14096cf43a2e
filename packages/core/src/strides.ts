import { SoftmaxError } from './errors.ts';
import type { TypedArray } from './host-input.ts';
import { type Shape, sizeOf } from './shape.ts';

/** An ndarray's elements in row-major order, without gaps: element (i, j, …) is at offset + i·stride₀ + j·stride₁ + … */
export function contiguous(
  data: TypedArray,
  shape: Shape,
  stride: readonly number[] = rowMajor(shape),
  offset = 0,
  name = 'x',
): TypedArray {
  const size = sizeOf(shape);
  const steps = shape.map((d, k) => (d - 1) * (stride[k] as number));
  const reach = (sign: 1 | -1) => steps.reduce((sum, s) => (s * sign > 0 ? sum + s : sum), offset);
  if (stride.length !== shape.length || (size > 0 && !(reach(-1) >= 0 && reach(1) < data.length)))
    throw new SoftmaxError(
      'INVALID_SHAPE',
      name,
      `stride [${stride}], offset ${offset}`,
      `places inside ${data.length} values`,
    );
  const out = new (data.constructor as new (length: number) => Uint8Array)(size);
  walk(shape, stride, offset, (from, to) => {
    out[to] = data[from] as number;
  });
  return out;
}

export function rowMajor(shape: Shape): number[] {
  const stride = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--)
    stride[d] = (stride[d + 1] as number) * (shape[d + 1] as number);
  return stride;
}

/** Visits a strided array in row-major order: where each element is, and its place in that order. */
export function walk(
  shape: Shape,
  stride: readonly number[],
  offset: number,
  visit: (from: number, to: number) => void,
): void {
  const size = sizeOf(shape);
  const index = new Array<number>(shape.length).fill(0);
  for (let to = 0, from = offset; to < size; to++) {
    visit(from, to);
    for (let d = shape.length - 1; d >= 0; d--) {
      from += stride[d] as number;
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[d] as number)) break;
      from -= (stride[d] as number) * (shape[d] as number);
      index[d] = 0;
    }
  }
}

/** The values with their axes in another order. */
export function permute<A extends TypedArray>(data: A, shape: Shape, order: readonly number[]): A {
  const stride = rowMajor(shape);
  const moved = order.map((d) => shape[d] as number);
  return contiguous(
    data,
    moved,
    order.map((d) => stride[d] as number),
  ) as A;
}

/** Values whose axes were put into `order`, with their axes back where `shape` has them. */
export const restore = <A extends TypedArray>(data: A, shape: Shape, order: readonly number[]): A =>
  permute(
    data,
    order.map((d) => shape[d] as number),
    order.map((_, d) => order.indexOf(d)),
  );

/** The strides that read `from` as `to`: 0 along every axis that is repeated (NumPy's rules). */
export function broadcast(from: Shape, to: Shape, name: string): number[] {
  const own = rowMajor(from);
  const lead = to.length - from.length;
  const stride = to.map((_, d) => (d < lead || from[d - lead] === 1 ? 0 : (own[d - lead] as number)));
  if (lead < 0 || from.some((length, d) => length !== 1 && length !== to[d + lead]))
    throw new SoftmaxError('INVALID_SHAPE', name, [...from], `a shape that broadcasts to [${to}]`);
  return stride;
}
