import type { Backend, Mode } from '../contract/backend.ts';
import type { Call, Result } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { SoftmaxError } from '../errors.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { toFloat16 } from '../layout/float16.ts';
import { sizeOf } from '../layout/shape.ts';

export type Buffers = Record<string, unknown>;

/** The results of a call: a single one bare, several by name. */
export type Results<R extends string, M extends Mode> =
  IsUnion<R> extends true ? { readonly [name in R]: Tensor<M> } : Tensor<M>;
type IsUnion<R, All = R> = R extends unknown ? ([All] extends [R] ? false : true) : never;

/**
 * Wraps a kernel's outputs as tensors, in the order of the call's results. A single result is
 * returned bare.
 */
export function tensorsOf(
  backend: Backend<unknown, Mode>,
  results: Call['results'],
  outputs: Buffers,
): unknown {
  const names = Object.keys(results);
  const tensor = (name: string): Tensor => {
    const { dtype, shape } = results[name] as Result;
    return new Tensor(backend, outputs[name], dtype, shape);
  };
  if (names.length === 1) return tensor(names[0] as string);
  return Object.fromEntries(names.map((name) => [name, tensor(name)]));
}

/** @throws {SoftmaxError} BACKEND_FAILED if a kernel omits an output of the call */
export function assertComplete(
  backend: Backend<unknown, Mode>,
  { kernel, results }: Call,
  outputs: Buffers,
): void {
  for (const name of Object.keys(results))
    if (outputs[name] === undefined)
      throw new SoftmaxError(
        'BACKEND_FAILED',
        `${backend.name}: ${kernel}`,
        `no output ${name}`,
        'every output',
      );
}

/** Returns the values of a result if there is nothing to compute. */
export function filledValues({ fill = 0, fills }: Call, name: string, { shape, dtype }: Result): Host {
  const value = fills?.[name] ?? fill;
  return allocate(dtype, sizeOf(shape)).fill(dtype === 'float16' ? toFloat16(value) : value);
}
