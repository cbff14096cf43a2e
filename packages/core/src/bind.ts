import type { KernelTable } from './backend.ts';
import type { Call, Operand, Result } from './call.ts';
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
  const { inputs: operands, results, guard, fill } = call;
  const valuesOf = ({ from }: Operand): Host =>
    from instanceof Tensor ? Tensor.buffer(from, host) : from.data;
  call.unused?.forEach(valuesOf);
  const inputs: Buffers = {};
  for (const name in operands) {
    const operand = operands[name];
    if (operand) inputs[name] = valuesOf(operand);
  }
  guard?.check(inputs[guard.input] as Host);
  for (const name of Object.keys(inputs)) {
    const { from, order } = operands[name] as Operand;
    if (order) inputs[name] = permute(inputs[name] as Host, from.shape, order);
  }
  const kernel = kernels[call.kernel] as (problem: object, inputs: Buffers) => Buffers;
  const given = fill === undefined ? kernel(call.problem, inputs) : {};
  const made: Record<string, Tensor> = {};
  for (const name of Object.keys(results)) {
    const result = results[name] as Result;
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
