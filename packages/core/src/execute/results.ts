import type { Backend, Mode } from '../contract/backend.ts';
import type { Call, Result } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { toFloat16 } from '../layout/float16.ts';
import { sizeOf } from '../layout/shape.ts';

export type Buffers = Record<string, unknown>;

/** What a call gives its user: its only result bare, several by name. */
export type Results<R extends string, M extends Mode> =
  IsUnion<R> extends true ? { readonly [name in R]: Tensor<M> } : Tensor<M>;
type IsUnion<R, All = R> = R extends unknown ? ([All] extends [R] ? false : true) : never;

/** What a kernel gave as tensors: one bare, several by name and in the order of the call, whatever that of the backend. */
export function whole(on: Backend<unknown, Mode>, results: Call['results'], given: Buffers): unknown {
  let [count, only] = [0, ''];
  for (only in results) count++;
  const tensor = (name: string): Tensor => {
    const { dtype, shape } = results[name] as Result;
    return new Tensor(on, given[name], dtype, shape);
  };
  if (count === 1) return tensor(only);
  const made: Record<string, Tensor> = {};
  for (const name of Object.keys(results)) made[name] = tensor(name);
  return made;
}

/** The values of a result where there is nothing to compute. */
export function filled({ fill = 0, fills }: Call, name: string, { shape, dtype }: Result): Host {
  const value = fills?.[name] ?? fill;
  return allocate(dtype, sizeOf(shape)).fill(dtype === 'float16' ? toFloat16(value) : value);
}
