import type { Backend, Done, Mode } from '../contract/backend.ts';
import type { Call } from '../contract/call.ts';
import { SoftmaxError } from '../errors.ts';
import type { Host } from '../layout/dtype.ts';
import { freeSpare, Held, inPlace } from './held.ts';
import { lowered, unread } from './lowered.ts';
import { type Buffers, type Results, whole } from './results.ts';

type AnyBackend = Backend<unknown, Mode>;
type AnyKernel = (problem: object, inputs: object) => unknown;
type Operation = (...args: unknown[]) => Call;

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
  const on = backend as unknown as AnyBackend;
  return (on.mode === 'sync' ? now : later)(on, operation, args) as Done<Results<R, M>, M>;
}

function now(on: AnyBackend, operation: Operation, args: readonly unknown[]): unknown {
  let call: Call;
  try {
    call = operation(...args);
  } catch (error) {
    unread(on, error);
    throw error;
  }
  const kernel = kernelFor(on, call);
  const inputs: Buffers = {};
  // Nobody can dispose of a tensor before a synchronous call has ended: there is nothing to hold, and nothing to give back.
  if (inPlace(on, call, inputs)) {
    const given = kernel(call.problem, inputs) as Buffers;
    freeSpare(on, call.results, given);
    return whole(on, call.results, given);
  }
  const held = new Held(on, call, inputs);
  try {
    for (const name of held.gather()) held.place(name, on.download(held.inputs[name]) as Host);
    if (call.fill === undefined)
      for (const name of held.take(kernel(call.problem, held.inputs) as Buffers))
        held.restore(name, on.download(held.given[name]) as Host);
    else held.fill();
  } catch (error) {
    held.fail(error);
  }
  return held.finish();
}

/** The same with its values awaited: the whole of the difference. What it throws, it rejects with. */
async function later(on: AnyBackend, operation: Operation, args: readonly unknown[]): Promise<unknown> {
  let call: Call;
  try {
    call = operation(...args);
  } catch (error) {
    call = await lowered(on, operation, args, error);
  }
  const kernel = kernelFor(on, call);
  const inputs: Buffers = {};
  inPlace(on, call, inputs);
  const held = new Held(on, call, inputs);
  try {
    for (const name of held.gather()) held.place(name, await on.download(held.inputs[name]));
    if (call.fill === undefined)
      for (const name of held.take((await kernel(call.problem, held.inputs)) as Buffers))
        held.restore(name, await on.download(held.given[name]));
    else held.fill();
  } catch (error) {
    held.fail(error);
  }
  return held.finish();
}

function kernelFor(on: AnyBackend, { kernel, problem }: Call): AnyKernel {
  const found = on.kernels[kernel];
  if (found && on.dtypes.includes(problem.dtype)) return found as AnyKernel;
  const allowed = found
    ? `the dtypes ${on.dtypes.join(', ')}`
    : `its kernels ${Object.keys(on.kernels).join(', ')}`;
  throw new SoftmaxError('UNSUPPORTED', on.name, `${kernel} of ${problem.dtype}`, allowed);
}
