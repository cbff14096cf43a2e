import type { Call } from '../contract/call.ts';
import { hostMemory } from '../contract/host-memory.ts';
import { Tensor } from '../contract/tensor.ts';
import { freeAll } from './lease.ts';
import { assertComplete, type Buffers, tensorsOf } from './results.ts';
import { type AnyBackend, kernelFor, spareOf } from './steps.ts';

/** Returns true if a kernel can take every input in place: nothing to upload, check or permute. */
export function isResident(on: AnyBackend, { inputs, guard, fill }: Call): boolean {
  if (guard || fill !== undefined) return false;
  for (const name in inputs) {
    const operand = inputs[name];
    if (!operand) continue;
    const { from, order } = operand;
    if (order || !(from instanceof Tensor || isOwnBuffer(on, from.seeded))) return false;
  }
  return true;
}

/** An array is its own buffer if the backend uses JavaScript's memory. */
const isOwnBuffer = (on: AnyBackend, seeded: unknown): boolean =>
  on.upload === hostMemory.upload && !(seeded && on.gumbelNoise);

/**
 * The fast path: a synchronous call whose inputs are all in place. Tensors are not acquired,
 * because no other code runs before the call ends.
 */
export function runResident(on: AnyBackend, call: Call): unknown {
  const kernel = kernelFor(on, call);
  const { inputs: operands } = call;
  const inputs: Buffers = {};
  for (const name in operands) {
    const from = operands[name]?.from;
    if (from) inputs[name] = from instanceof Tensor ? Tensor.buffer(from, on) : from.data;
  }
  for (const { from } of call.unused ?? []) if (from instanceof Tensor) Tensor.buffer(from, on);
  const outputs = kernel(call.problem, inputs) as Buffers;
  const spare = spareOf(outputs, call.results);
  const failure = spare.length > 0 ? freeAll(on, spare) : undefined;
  if (failure)
    throw freeAll(
      on,
      Object.keys(call.results).map((name) => outputs[name]),
      failure,
    )?.error;
  assertComplete(on, call, outputs);
  return tensorsOf(on, call.results, outputs);
}
