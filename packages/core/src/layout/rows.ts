import type { Problem } from '../contract/kernels.ts';
import { allocate, type FloatType, type Host, type HostOf } from './dtype.ts';
import { fromFloat16, toFloat16 } from './float16.ts';
import type { Rows } from './shape.ts';

/** Calls `f` with the index of each row's first element, and the row's number. */
export function eachRow({ outer, n, inner }: Rows, f: (start: number, row: number) => void): void {
  for (let o = 0, row = 0; o < outer; o++) for (let i = 0; i < inner; i++, row++) f(o * n * inner + i, row);
}

/** Reads the row that starts at `start` into `z`, as float64. */
export function load(from: Host, start: number, { n, inner, dtype }: Problem, z: Float64Array): void {
  if (dtype === 'float16') for (let k = 0; k < n; k++) z[k] = fromFloat16(from[start + k * inner] as number);
  else if (inner === 1) z.set(from.subarray(start, start + n));
  else for (let k = 0; k < n; k++) z[k] = from[start + k * inner] as number;
}

/** Writes `z` to the row that starts at `start`, rounded once. */
export function store(z: Float64Array, to: Host, start: number, { n, inner, dtype }: Problem): void {
  if (dtype === 'float16') for (let k = 0; k < n; k++) to[start + k * inner] = toFloat16(z[k] as number);
  else if (inner === 1) to.set(z, start);
  else for (let k = 0; k < n; k++) to[start + k * inner] = z[k] as number;
}

/** Rounds values that were computed in float64 once. */
export function rounded<D extends FloatType>(values: Float64Array, dtype: D): HostOf[D] {
  const out = allocate(dtype, values.length);
  store(values, out, 0, { outer: 1, n: values.length, inner: 1, dtype });
  return out;
}
