import type { Mode } from './backend.ts';
import type { Call, Result } from './call.ts';
import { allocate, type Host } from './dtype.ts';
import { toFloat16 } from './float16.ts';
import { sizeOf } from './shape.ts';
import type { Tensor } from './tensor.ts';

/** What a call gives its user: its only result bare, several by name. */
export type Results<R extends string, M extends Mode> =
  IsUnion<R> extends true ? { readonly [name in R]: Tensor<M> } : Tensor<M>;
type IsUnion<R, All = R> = R extends unknown ? ([All] extends [R] ? false : true) : never;

/** One result bare, several by name. */
export function bare(made: { readonly [name: string]: Tensor }): unknown {
  let only: Tensor | undefined;
  for (const name in made) {
    if (only) return made;
    only = made[name];
  }
  return only ?? made;
}

/** The values of a result where there is nothing to compute. */
export function filled({ fill = 0, fills }: Call, name: string, { shape, dtype }: Result): Host {
  const value = fills?.[name] ?? fill;
  return allocate(dtype, sizeOf(shape)).fill(dtype === 'float16' ? toFloat16(value) : value);
}
