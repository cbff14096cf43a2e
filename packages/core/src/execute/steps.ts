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
    const buffers: Buffers = {};
    for (const name of Object.keys(call.inputs)) {
      const operand = call.inputs[name];
      if (!operand) continue;
      const check = call.guard?.input === name ? call.guard.check : undefined;
      const isRead = operand.from instanceof Tensor && (operand.order || check);
      buffers[name] = isRead
        ? yield* readInput(on, operand, lease, check)
        : placedInput(on, operand, lease, check);
    }
    if (call.fill === undefined) {
      const outputs: Buffers = yield kernel(call.problem, buffers);
      for (const name of Object.keys(call.results)) if (name in outputs) lease.outputs[name] = outputs[name];
      checkOutputs(on, call, outputs);
      for (const [name, result] of Object.entries<Result>(call.results))
        if (result.order) yield* restoreOutput(on, name, result, lease);
    } else fillOutputs(on, call, lease);
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
  for (const name in inputs) assertOwnedBy(on, inputs[name]);
  for (const operand of unused) assertOwnedBy(on, operand);
}

function assertOwnedBy(on: AnyBackend, operand: Operand | undefined): void {
  if (operand?.from instanceof Tensor) Tensor.buffer(operand.from, on);
}

type Check = ((values: Host) => void) | undefined;

/** A tensor as it is, or host values as a buffer whose rows are in place. */
export function placedInput(on: AnyBackend, { from, order }: Operand, lease: Lease, check?: Check): unknown {
  if (from instanceof Tensor) return lease.acquire(from);
  if (from.seeded && !order && on.gumbelNoise) return lease.own(on.gumbelNoise(from.seeded));
  let data = from.data;
  check?.(data);
  // The caller may write to the arrays of an asynchronous call before it ends.
  if (!order && on.mode === 'async' && !from.lasting) data = data.slice();
  return lease.own(on.upload(order ? permute(data, from.shape, order) : data, from.dtype));
}

/** A tensor whose values must be checked or moved on the host. */
function* readInput(on: AnyBackend, { from, order }: Operand, lease: Lease, check: Check): Steps<unknown> {
  const buffer = lease.acquire(from as Tensor);
  const data: Host = yield on.download(buffer);
  check?.(data);
  return order ? lease.own(on.upload(permute(data, from.shape, order), from.dtype)) : buffer;
}

/** Frees the outputs that the user does not get, and requires the others. */
export function checkOutputs(on: AnyBackend, call: Call, outputs: Buffers): void {
  const spare = spareOf(outputs, call.results);
  const failure = spare.length > 0 ? freeAll(on, spare) : undefined;
  if (failure) throw failure.error;
  assertComplete(on, call, outputs);
}

/** Moves the axes of an output back to the user's order. */
function* restoreOutput(
  on: AnyBackend,
  name: string,
  { shape, dtype, order }: Result,
  lease: Lease,
): Steps<void> {
  const buffer = lease.outputs[name];
  const values: Host = yield on.download(buffer);
  delete lease.outputs[name];
  on.free(buffer);
  lease.outputs[name] = on.upload(restore(values, shape, order as readonly number[]), dtype);
}

function fillOutputs(on: AnyBackend, call: Call, lease: Lease): void {
  for (const [name, result] of Object.entries<Result>(call.results))
    lease.outputs[name] = on.upload(filledValues(call, name, result), result.dtype);
}

/** The outputs of a kernel that its call does not return to the user. */
const spareOf = (outputs: Buffers, results: Call['results']): unknown[] => {
  const spare: unknown[] = [];
  for (const name in outputs) if (!Object.hasOwn(results, name)) spare.push(outputs[name]);
  return spare;
};
