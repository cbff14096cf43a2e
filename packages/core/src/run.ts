import type { Backend, Done, Mode } from './backend.ts';
import type { Call, Operand, Result } from './call.ts';
import { allocate, type DType, type Host } from './dtype.ts';
import { SoftmaxError } from './errors.ts';
import { toFloat16 } from './float16.ts';
import type { KernelName } from './kernels.ts';
import { sizeOf } from './shape.ts';
import { drive, type Steps, wait } from './steps.ts';
import { inverse, permute } from './strides.ts';
import { Tensor } from './tensor.ts';

/** What a call gives its user: its only result bare, several by name. */
export type Results<R extends string, M extends Mode> =
  IsUnion<R> extends true ? { readonly [name in R]: Tensor<M> } : Tensor<M>;
type IsUnion<R, All = R> = R extends unknown ? ([All] extends [R] ? false : true) : never;

type AnyBackend = Backend<unknown, Mode>;
type AnyKernel = (problem: object, inputs: object) => Buffers | Promise<Buffers>;
type Buffers = Record<string, unknown>;

/** Runs a call, made by one of the operations of `@softmax/core/ops`, on a backend. */
export function run<B, M extends Mode, R extends string>(
  backend: Backend<B, M>,
  call: Call<R>,
): Done<Results<R, M>, M> {
  return runWith(backend, () => call);
}

/** The same for a call still to be made, and with kernels other than the backend's own. */
export function runWith<B, M extends Mode, R extends string>(
  backend: Backend<B, M>,
  lower: () => Call<R>,
  kernels: { readonly [K in KernelName]?: unknown } = backend.kernels,
): Done<Results<R, M>, M> {
  const steps = solve(backend as unknown as AnyBackend, lower, kernels);
  return drive(backend.mode, steps) as Done<Results<R, M>, M>;
}

function* solve(
  on: AnyBackend,
  lower: () => Call,
  kernels: { readonly [name: string]: unknown },
): Steps<unknown> {
  const call = lower();
  const kernel = kernelFor(on, call, kernels);
  const operands = Object.entries(call.inputs).filter(
    (entry): entry is [string, Operand] => entry[1] !== undefined,
  );
  // Foreign and disposed tensors are refused before anything is uploaded.
  for (const [, { from }] of operands) if (from instanceof Tensor) Tensor.buffer(from, on);

  const inputs: Buffers = {};
  const release: (() => void)[] = [];
  const lend = (data: Host, dtype: DType) => {
    const buffer = on.upload(data, dtype);
    release.push(() => on.free(buffer));
    return buffer;
  };
  const guard = (name: string) => (call.guard?.input === name ? call.guard.check : undefined);
  try {
    for (const [name, { from, order }] of operands)
      if (from instanceof Tensor) {
        inputs[name] = Tensor.acquire(from, on);
        release.push(() => Tensor.release(from));
      } else {
        guard(name)?.(from.data);
        // Between an asynchronous call and its end the caller may write to what it passed in.
        const kept = () => (on.mode === 'sync' || from.lasting ? from.data : from.data.slice());
        inputs[name] = lend(order ? permute(from.data, from.shape, order) : kept(), from.dtype);
      }
    for (const [name, { from, order }] of operands) {
      if (!(from instanceof Tensor && (order || guard(name)))) continue;
      const data = yield* wait(on.download(inputs[name]));
      guard(name)?.(data);
      if (order) inputs[name] = lend(permute(data, from.shape, order), from.dtype);
    }
    if (call.fill !== undefined) return filled(on, call, call.fill);
    return yield* finish(on, call.results, yield* wait(kernel(call.problem, inputs)));
  } finally {
    for (const done of release) done();
  }
}

function kernelFor(
  on: AnyBackend,
  { kernel, problem }: Call,
  kernels: { readonly [name: string]: unknown },
): AnyKernel {
  const found = kernels[kernel];
  if (found && on.dtypes.includes(problem.dtype)) return found as AnyKernel;
  const allowed = found
    ? `the dtypes ${on.dtypes.join(', ')}`
    : `its kernels ${Object.keys(kernels).join(', ')}`;
  throw new SoftmaxError('UNSUPPORTED', on.name, `${kernel} of ${problem.dtype}`, allowed);
}

/** Tensors for the results that the user asked for; the others are given back, and all are where one fails. */
function* finish(on: AnyBackend, results: Call['results'], buffers: Buffers): Steps<unknown> {
  const made: Record<string, Tensor> = {};
  const left = new Map(Object.entries(buffers));
  try {
    for (const [name, buffer] of Object.entries(buffers)) {
      const result = results[name];
      left.delete(name);
      if (!result) on.free(buffer);
      else {
        const { shape, dtype, order } = result;
        made[name] = new Tensor(on, order ? yield* inPlace(on, result, buffer) : buffer, dtype, shape);
      }
    }
    return bare(made);
  } catch (error) {
    for (const buffer of left.values()) on.free(buffer);
    for (const tensor of Object.values(made)) tensor.dispose();
    throw error;
  }
}

/** A result whose axes were moved, with its axes back where the user has them. */
function* inPlace(on: AnyBackend, { shape, dtype, order = [] }: Result, buffer: unknown): Steps<unknown> {
  const moved = order.map((d) => shape[d] as number);
  try {
    const data = permute(yield* wait(on.download(buffer)), moved, inverse(order));
    return on.upload(data, dtype);
  } finally {
    on.free(buffer);
  }
}

function filled(on: AnyBackend, { results, fills }: Call, fill: number): unknown {
  const made: Record<string, Tensor> = {};
  try {
    for (const [name, { shape, dtype }] of Object.entries(results)) {
      const value = fills?.[name] ?? fill;
      const data: Host = allocate(dtype, sizeOf(shape)).fill(dtype === 'float16' ? toFloat16(value) : value);
      made[name] = new Tensor(on, on.upload(data, dtype), dtype, shape);
    }
    return bare(made);
  } catch (error) {
    for (const tensor of Object.values(made)) tensor.dispose();
    throw error;
  }
}

const bare = (made: Record<string, Tensor>): unknown => {
  const all = Object.values(made);
  return all.length === 1 ? all[0] : made;
};
