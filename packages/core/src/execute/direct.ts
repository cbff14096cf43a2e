import type { Call, HostTensor } from '../contract/call.ts';
import { hostMemory } from '../contract/host-memory.ts';
import { Tensor } from '../contract/tensor.ts';
import { type Failure, freeAll, Lease } from './lease.ts';
import { type Buffers, tensorsOf } from './results.ts';
import { type AnyBackend, checkOutputs, kernelFor, placedInput } from './steps.ts';

/** Returns true if no values of a call must be read, moved or filled on the host. */
export function isDirect({ inputs, results, guard, fill }: Call): boolean {
  if (guard || fill !== undefined) return false;
  for (const name in inputs) if (inputs[name]?.order) return false;
  for (const name in results) if (results[name]?.order) return false;
  return true;
}

/**
 * The fast path: such a call on a synchronous backend. Tensors are not acquired, because no other
 * code runs before the call ends.
 */
export function runDirect(on: AnyBackend, call: Call): unknown {
  const kernel = kernelFor(on, call);
  const { inputs: operands } = call;
  const inputs: Buffers = {};
  let apart = false;
  for (const name in operands) {
    const from = operands[name]?.from;
    if (!from) continue;
    if (from instanceof Tensor) inputs[name] = Tensor.buffer(from, on);
    else if (isOwnBuffer(on, from)) inputs[name] = from.data;
    else apart = true;
  }
  for (const { from } of call.unused ?? []) if (from instanceof Tensor) Tensor.buffer(from, on);
  const lease = apart ? new Lease(on) : undefined;
  let outputs: Buffers | undefined;
  let failure: Failure | undefined;
  try {
    if (lease)
      for (const name in operands) {
        const operand = operands[name];
        if (operand && !Object.hasOwn(inputs, name)) inputs[name] = placedInput(on, operand, lease);
      }
    outputs = kernel(call.problem, inputs) as Buffers;
    checkOutputs(on, call, outputs);
  } catch (error) {
    failure = { error };
  }
  if (lease) failure = lease.returnInputs(failure);
  if (!failure) return tensorsOf(on, call.results, outputs as Buffers);
  const names = Object.keys(call.results).filter((name) => outputs && name in outputs);
  throw freeAll(
    on,
    names.map((name) => outputs?.[name]),
    failure,
  )?.error;
}

/** An array is its own buffer if the backend uses JavaScript's memory. */
const isOwnBuffer = (on: AnyBackend, { seeded }: HostTensor): boolean =>
  on.upload === hostMemory.upload && !(seeded && on.gumbelNoise);
