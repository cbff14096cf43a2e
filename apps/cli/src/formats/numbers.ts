/** How each number type is held, by the names that NumPy and core have for them; float16 as its bits. */
interface ArrayOf {
  float16: Uint16Array<ArrayBuffer>;
  float32: Float32Array<ArrayBuffer>;
  float64: Float64Array<ArrayBuffer>;
  bool: Uint8Array<ArrayBuffer>;
  int8: Int8Array<ArrayBuffer>;
  int16: Int16Array<ArrayBuffer>;
  int32: Int32Array<ArrayBuffer>;
  int64: BigInt64Array<ArrayBuffer>;
  uint8: Uint8Array<ArrayBuffer>;
  uint16: Uint16Array<ArrayBuffer>;
  uint32: Uint32Array<ArrayBuffer>;
  uint64: BigUint64Array<ArrayBuffer>;
}
export type NumberType = keyof ArrayOf;
export type NumberArray = ArrayOf[NumberType];

interface Maker {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): NumberArray;
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): NumberArray;
}
const ARRAYS: { readonly [D in NumberType]: Maker } = {
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
};

/** Row-major values; what core takes as a host input. */
export interface Numbers {
  readonly data: NumberArray;
  readonly dtype: NumberType;
  readonly shape: readonly number[];
}

export const isNumberType = (name: string): name is NumberType => Object.hasOwn(ARRAYS, name);
export const isFloating = (dtype: NumberType): dtype is 'float16' | 'float32' | 'float64' =>
  dtype.startsWith('float');
export const widthOf = (dtype: NumberType): number => ARRAYS[dtype].BYTES_PER_ELEMENT;
export const countOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const allocated = (dtype: NumberType, length: number): NumberArray => new ARRAYS[dtype](length);

/** The numbers that little-endian bytes hold, in the same memory; it begins at a multiple of their width. */
export const decoded = (
  { buffer, byteOffset, length }: Uint8Array<ArrayBuffer>,
  dtype: NumberType,
): NumberArray => new ARRAYS[dtype](buffer, byteOffset, length / widthOf(dtype));

/** Memory for one block after another: what it gives overwrites what it gave. */
export type Room = (dtype: NumberType, length: number) => NumberArray;
export function room(): Room {
  let memory = new ArrayBuffer(0);
  return (dtype, length) => {
    const bytes = length * widthOf(dtype);
    if (memory.byteLength < bytes) memory = new ArrayBuffer(bytes);
    return new ARRAYS[dtype](memory, 0, length);
  };
}

export const encoded = ({ buffer, byteOffset, byteLength }: NumberArray): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Blocks of the same type and shape but for their first length, behind one another. */
export function joined(blocks: readonly Numbers[], empty: Omit<Numbers, 'data'>): Numbers {
  const [only] = blocks;
  if (blocks.length === 1 && only) return only;
  const { dtype, shape } = only ?? empty;
  const rows = blocks.reduce((sum, block) => sum + (block.shape[0] ?? 0), 0);
  const whole = [rows, ...shape.slice(1)];
  const out = new Uint8Array(countOf(whole) * widthOf(dtype));
  let at = 0;
  for (const { data } of blocks) {
    out.set(encoded(data), at);
    at += data.byteLength;
  }
  return { data: decoded(out, dtype), dtype, shape: whole };
}

/** Column-major values, as Fortran keeps them, in row-major order. */
export function rowMajor({ data, dtype, shape }: Numbers): Numbers {
  const out = allocated(dtype, data.length);
  const index = new Array<number>(shape.length).fill(0);
  for (let k = 0; k < data.length; k++) {
    const place = index.reduce((flat, at, axis) => flat * (shape[axis] ?? 1) + at, 0);
    // Both arrays are of one type.
    out[place] = data[k] as never;
    for (let axis = 0; axis < index.length; axis++) {
      index[axis] = (index[axis] ?? 0) + 1;
      if (index[axis] !== shape[axis]) break;
      index[axis] = 0;
    }
  }
  return { data: out, dtype, shape };
}
