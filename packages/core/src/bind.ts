import type { KernelTable } from './backend.ts';
import type { Call, HostTensor } from './call.ts';
import { host } from './cpu/host.ts';
import type { Host } from './dtype.ts';
import type { Method } from './method.ts';
import type * as ops from './ops/index.ts';
import { bare, filled } from './results.ts';
import { permute, restore } from './strides.ts';
import { Tensor } from './tensor.ts';

/** An operation as a one-liner. */
export type Bound<K extends keyof typeof ops> = Method<(typeof ops)[K], 'sync'>;

/** An operation bound to its kernels of the CPU reference: one line to call, and a bundle carries no other operation. */
export function bind<F>(lower: F, kernels: KernelTable<Host, 'sync'>): Method<F, 'sync'> {
  const operation = lower as (...args: unknown[]) => Call;
  return ((...args: unknown[]) => solve(operation(...args), kernels)) as Method<F, 'sync'>;
}

type Buffers = Record<string, Host>;

/** What `run` does on `cpu()`, in fewer steps: an array is its own buffer, nothing is awaited, and nothing is freed. */
function solve(call: Call, kernels: { readonly [name: string]: unknown }): unknown {
  const { guard, fill } = call;
  const valuesOf = (from: HostTensor | Tensor): Host =>
    from instanceof Tensor ? Tensor.buffer(from, host) : from.data;
  for (const { from } of call.unused ?? []) valuesOf(from);
  const inputs: Buffers = {};
  for (const [name, operand] of Object.entries(call.inputs))
    if (operand) inputs[name] = valuesOf(operand.from);
  if (guard) guard.check(inputs[guard.input] as Host);
  for (const [name, values] of Object.entries(inputs)) {
    const { from, order } = call.inputs[name] ?? {};
    if (from && order) inputs[name] = permute(values, from.shape, order);
  }
  const kernel = kernels[call.kernel] as (problem: object, inputs: Buffers) => Buffers;
  const given = fill === undefined ? kernel(call.problem, inputs) : {};
  const made: Record<string, Tensor> = {};
  for (const [name, result] of Object.entries(call.results)) {
    const { shape, dtype, order } = result;
    const values = given[name] ?? filled(call, name, result);
    made[name] = new Tensor(
      host,
      order && given[name] ? restore(values, shape, order) : values,
      dtype,
      shape,
    );
  }
  return bare(made);
}
