import type { KernelTable } from '../contract/backend.ts';
import type { Call, Operand, Result } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { host } from '../cpu/host.ts';
import type { Host } from '../layout/dtype.ts';
import { permute, restore } from '../layout/strides.ts';
import type * as ops from '../ops/index.ts';
import type { Method } from './method.ts';
import { filled, whole } from './results.ts';

/** An operation as a one-liner. */
export type Bound<K extends keyof typeof ops> = Method<(typeof ops)[K], 'sync'>;

/** An operation bound to its kernels of the CPU reference: one line to call, and a bundle carries no other operation. */
export function bind<F>(lower: F, kernels: KernelTable<Host, 'sync'>): Method<F, 'sync'> {
  const operation = lower as (...args: unknown[]) => Call;
  return ((...args: unknown[]) => solve(operation(...args), kernels)) as Method<F, 'sync'>;
}

/** What `run` does on `cpu()`, in fewer steps: an array is its own buffer, nothing is awaited, and nothing is freed. */
function solve(call: Call, kernels: { readonly [name: string]: unknown }): unknown {
  const { inputs: operands, results, guard, fill } = call;
  const valuesOf = ({ from }: Operand): Host =>
    from instanceof Tensor ? Tensor.buffer(from, host) : from.data;
  call.unused?.forEach(valuesOf);
  const inputs: Record<string, Host> = {};
  let away = fill !== undefined;
  for (const name in operands) {
    const operand = operands[name];
    if (!operand) continue;
    const { from, order } = operand;
    const values = valuesOf(operand);
    if (guard?.input === name) guard.check(values);
    if (order) away = true;
    inputs[name] = order ? permute(values, from.shape, order) : values;
  }
  const kernel = kernels[call.kernel] as (problem: object, inputs: object) => Record<string, Host>;
  const given = fill === undefined ? kernel(call.problem, inputs) : {};
  if (away)
    for (const name of Object.keys(results)) {
      const result = results[name] as Result;
      const { shape, order } = result;
      const values = given[name];
      if (!values) given[name] = filled(call, name, result);
      else if (order) given[name] = restore(values, shape, order);
    }
  return whole(host, results, given);
}
