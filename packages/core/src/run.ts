import type { Backend, Done, Mode } from './backend.ts';
import type { Call, Operand } from './call.ts';
import type { DType, Host } from './dtype.ts';
import { SoftmaxError } from './errors.ts';
import { lowered } from './lowered.ts';
import { bare, filled, type Results } from './results.ts';
import type { Shape } from './shape.ts';
import { drive, type Steps, wait } from './steps.ts';
import { permute, restore } from './strides.ts';
import { Tensor } from './tensor.ts';

type AnyBackend = Backend<unknown, Mode>;
type AnyKernel = (problem: object, inputs: object) => Buffers | Promise<Buffers>;
type Buffers = Record<string, unknown>;
type Tensors = Record<string, Tensor>;

/**
 * Runs a call, made by one of the operations of `@softmax/core/ops`, on a backend.
 *
 * @throws {SoftmaxError} UNSUPPORTED: a kernel or a type that the backend does not have; FOREIGN_TENSOR, DISPOSED
 * @example
 * ```ts
 * import * as ops from '@softmax/core/ops';
 * run(cpu(), ops.softmax([0, 0])).toArray(); // [0.5, 0.5]
 * ```
 */
export function run<B, M extends Mode, R extends string>(
  backend: Backend<B, M>,
  call: Call<R>,
): Done<Results<R, M>, M> {
  return runWith(backend, () => call, []);
}

/** The same for a call still to be made. */
export function runWith<B, M extends Mode, R extends string>(
  backend: Backend<B, M>,
  operation: (...args: unknown[]) => Call<R>,
  args: readonly unknown[],
): Done<Results<R, M>, M> {
  const steps = solve(backend as unknown as AnyBackend, operation, args);
  return drive(backend.mode, steps) as Done<Results<R, M>, M>;
}

function* solve(
  on: AnyBackend,
  operation: (...args: unknown[]) => Call,
  args: readonly unknown[],
): Steps<unknown> {
  const call = yield* lowered(on, operation, args);
  const kernel = kernelFor(on, call);
  const operands = Object.entries(call.inputs).filter(
    (entry): entry is [string, Operand] => entry[1] !== undefined,
  );
  // Foreign and disposed tensors are refused before anything is uploaded.
  for (const { from } of [...operands.map(([, operand]) => operand), ...(call.unused ?? [])])
    if (from instanceof Tensor) Tensor.buffer(from, on);

  const inputs: Buffers = {};
  const release: (() => void)[] = [];
  const lend = (data: Host, dtype: DType) => {
    const buffer = on.upload(data, dtype);
    release.push(() => on.free(buffer));
    return buffer;
  };
  const guard = (name: string) => (call.guard?.input === name ? call.guard.check : undefined);
  let made: Tensors;
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
    if (call.fill !== undefined) made = nothing(on, call);
    else made = yield* finish(on, call.results, yield* wait(kernel(call.problem, inputs)));
  } catch (error) {
    return all(release, { error });
  }
  try {
    all(release);
  } catch (error) {
    all(disposals(made), { error });
  }
  return bare(made);
}

function kernelFor(on: AnyBackend, { kernel, problem }: Call): AnyKernel {
  const found = on.kernels[kernel];
  if (found && on.dtypes.includes(problem.dtype)) return found as AnyKernel;
  const allowed = found
    ? `the dtypes ${on.dtypes.join(', ')}`
    : `its kernels ${Object.keys(on.kernels).join(', ')}`;
  throw new SoftmaxError('UNSUPPORTED', on.name, `${kernel} of ${problem.dtype}`, allowed);
}

/** Tensors for the results that the user asked for; the others are given back, and all are where one fails. */
function* finish(on: AnyBackend, results: Call['results'], buffers: Buffers): Steps<Tensors> {
  const made: Tensors = {};
  const left = new Map(Object.entries(buffers));
  try {
    for (const [name, buffer] of Object.entries(buffers))
      if (!(name in results)) {
        left.delete(name);
        on.free(buffer);
      }
    // In the order of the call, whatever that of the backend.
    for (const [name, { shape, dtype, order }] of Object.entries(results)) {
      const buffer = buffers[name];
      if (!left.delete(name)) continue;
      const held = order ? on.upload(yield* inPlace(on, buffer, shape, order), dtype) : buffer;
      made[name] = new Tensor(on, held, dtype, shape);
    }
    return made;
  } catch (error) {
    const frees = [...left.values()].map((buffer) => () => on.free(buffer));
    return all([...frees, ...disposals(made)], { error });
  }
}

/** The values of a result whose axes were moved, with its axes back where the user has them; the buffer is given back. */
function* inPlace(on: AnyBackend, buffer: unknown, shape: Shape, order: readonly number[]): Steps<Host> {
  let data: Host;
  try {
    data = restore(yield* wait(on.download(buffer)), shape, order);
  } catch (error) {
    return all([() => on.free(buffer)], { error });
  }
  on.free(buffer);
  return data;
}

/** The results of a call that has nothing to compute. */
function nothing(on: AnyBackend, call: Call): Tensors {
  const made: Tensors = {};
  try {
    for (const [name, result] of Object.entries(call.results)) {
      const { shape, dtype } = result;
      made[name] = new Tensor(on, on.upload(filled(call, name, result), dtype), dtype, shape);
    }
    return made;
  } catch (error) {
    return all(disposals(made), { error });
  }
}

const disposals = (made: Tensors) => Object.values(made).map((tensor) => () => tensor.dispose());

/** Does everything, whatever fails, and then throws the first failure: `first`, where one came before. */
function all(actions: readonly (() => void)[], first: { readonly error: unknown }): never;
function all(actions: readonly (() => void)[]): void;
function all(actions: readonly (() => void)[], first?: { readonly error: unknown }): void {
  let failure = first;
  for (const action of actions)
    try {
      action();
    } catch (error) {
      failure ??= { error };
    }
  if (failure) throw failure.error;
}
