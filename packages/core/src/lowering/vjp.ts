import type { Call, Operand, Result } from '../contract/call.ts';
import type { KernelName, Kernels } from '../contract/kernels.ts';
import { floats, type Input } from '../input/input.ts';
import { fitsShape } from '../layout/shape.ts';

type Forward<K extends KernelName> = Pick<Call<'y'>, 'inputs' | 'results' | 'fill' | 'guard'> & {
  readonly problem: Kernels[K]['problem'];
};

/**
 * Lowers a vector–Jacobian product: the problem and inputs of the forward call, with the cotangent
 * of y added.
 */
export function vjp<K extends KernelName, R extends string>(
  kernel: K,
  { problem, inputs, results: { y }, fill, guard }: Forward<K>,
  cotangent: Input,
  results: { readonly [name in R]: Result },
): Call<R, K> {
  const from = floats(cotangent, 'dy', problem.dtype);
  fitsShape('dy', from.shape, y.shape);
  const dy: Operand = { from, order: y.order, source: 'dy' };
  return { kernel, problem, inputs: { ...inputs, dy }, results, fill: fill === undefined ? fill : 0, guard };
}
