import type { Backend, Mode } from '../contract/backend.ts';
import type { Call, Operand, Result } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { SoftmaxError } from '../errors.ts';
import type { Host } from '../layout/dtype.ts';
import { permute, restore } from '../layout/strides.ts';
import { type Failure, freeAll, Lease } from './lease.ts';
import { assertComplete, type Buffers, filledValues, tensorsOf } from './results.ts';

export type AnyBackend = Backend<unknown, Mode>;
type AnyKernel = (problem: object, inputs: object) => unknown;

/** A computation that yields values or promises of the backend, and is resumed with the value. */
export type Steps<T> = Generator<unknown, T, never>;

/**
 * Runs one call on a backend. All resources are freed, even after a failure; the first failure is
 * thrown.
 */
export function* callSteps(on: AnyBackend, call: Call): Steps<unknown> {
  const kernel = kernelFor(on, call);
  assertOwned(on, call);
  const lease = new Lease(on);
  let failure: Failure | undefined;
  try {
    const inputs = yield* placedInputs(on, call, lease);
    if (call.fill === undefined) yield* solve(on, call, lease, kernel, inputs);
    else fillOutputs(on, call, lease);
  } catch (error) {
    failure = { error };
  }
  failure = lease.returnInputs(failure);
  if (failure) throw lease.returnOutputs(failure).error;
  return tensorsOf(on, call.results, lease.outputs);
}

/** @throws {SoftmaxError} UNSUPPORTED: the backend lacks the kernel, or lacks it for this dtype */
export function kernelFor(on: AnyBackend, { kernel, problem }: Call): AnyKernel {
  const implementation = on.kernels[kernel];
  if (implementation && on.dtypes.includes(problem.dtype)) return implementation as AnyKernel;
  const allowed = implementation
    ? `the dtypes ${on.dtypes.join(', ')}`
    : `its kernels ${Object.keys(on.kernels).join(', ')}`;
  throw new SoftmaxError('UNSUPPORTED', on.name, `${kernel} of ${problem.dtype}`, allowed);
}

/**
 * @throws {SoftmaxError} FOREIGN_TENSOR, DISPOSED: for any tensor of the call, before anything is
 * uploaded
 */
function assertOwned(on: AnyBackend, { inputs, unused = [] }: Call): void {
  for (const operand of [...Object.values(inputs), ...unused])
    if (operand?.from instanceof Tensor) Tensor.buffer(operand.from, on);
}

/**
 * Returns every input as a buffer whose rows are in place: tensors unchanged, host values uploaded.
 */
function* placedInputs(on: AnyBackend, { inputs, guard }: Call, lease: Lease): Steps<Buffers> {
  const buffers: Buffers = {};
  for (const [name, operand] of Object.entries(inputs)) {
    if (!operand) continue;
    const check = guard?.input === name ? guard.check : undefined;
    buffers[name] = yield* placedInput(on, operand, lease, check);
  }
  return buffers;
}

function* placedInput(
  on: AnyBackend,
  { from, order }: Operand,
  lease: Lease,
  check: ((values: Host) => void) | undefined,
): Steps<unknown> {
  let data: Host;
  if (from instanceof Tensor) {
    const buffer = lease.acquire(from);
    if (!order && !check) return buffer;
    data = yield on.download(buffer);
    check?.(data);
    if (!order) return buffer;
  } else {
    if (from.seeded && !order && on.gumbelNoise) return lease.own(on.gumbelNoise(from.seeded));
    data = from.data;
    check?.(data);
    // The caller may write to the arrays of an asynchronous call before it ends.
    if (!order && on.mode === 'async' && !from.lasting) data = data.slice();
  }
  return lease.own(on.upload(order ? permute(data, from.shape, order) : data, from.dtype));
}

/** Runs the kernel, and moves the axes of its outputs back to the user's order. */
function* solve(on: AnyBackend, call: Call, lease: Lease, kernel: AnyKernel, inputs: Buffers): Steps<void> {
  const outputs: Buffers = yield kernel(call.problem, inputs);
  for (const name of Object.keys(call.results)) if (name in outputs) lease.outputs[name] = outputs[name];
  const failure = freeAll(on, spareOf(outputs, call.results));
  if (failure) throw failure.error;
  assertComplete(on, call, outputs);
  for (const [name, { shape, dtype, order }] of Object.entries<Result>(call.results)) {
    if (!order) continue;
    const values: Host = yield on.download(lease.outputs[name]);
    const buffer = lease.outputs[name];
    delete lease.outputs[name];
    on.free(buffer);
    lease.outputs[name] = on.upload(restore(values, shape, order), dtype);
  }
}

function fillOutputs(on: AnyBackend, call: Call, lease: Lease): void {
  for (const [name, result] of Object.entries<Result>(call.results))
    lease.outputs[name] = on.upload(filledValues(call, name, result), result.dtype);
}

/** The outputs of a kernel that its call does not return to the user. */
export const spareOf = (outputs: Buffers, results: Call['results']): unknown[] => {
  const spare: unknown[] = [];
  for (const name in outputs) if (!Object.hasOwn(results, name)) spare.push(outputs[name]);
  return spare;
};
