import type { Call, Result } from '../contract/call.ts';
import type { KernelName, Kernels } from '../contract/kernels.ts';
import type { Input } from '../input/input.ts';
import type { Shape } from '../layout/shape.ts';
import { cotangent } from './reduction.ts';

/** Lowers a loss together with its gradients, with respect to h and the listed names and shapes. */
export function lossGrad<K extends KernelName, R extends string>(
  kernel: K,
  problem: Kernels[K]['problem'],
  {
    inputs,
    results: { loss },
    fill,
    unused,
    guard,
  }: Pick<Call<'loss'>, 'inputs' | 'results' | 'fill' | 'unused' | 'guard'>,
  dy: Input | undefined,
  shapes: { readonly [name in R]: Shape },
): Call<'loss' | R, K> {
  const { dtype } = problem;
  const gradients = Object.entries<Shape>(shapes).map(([name, shape]) => [name, { shape, dtype }]);
  return {
    kernel,
    problem,
    inputs: { ...inputs, dy: cotangent(dy, loss.shape, problem) },
    results: { loss, ...Object.fromEntries(gradients) } as { readonly [name in 'loss' | R]: Result },
    fill: fill === undefined ? fill : 0,
    unused,
    guard,
    fills: { loss: fill ?? 0 } as { readonly [name in 'loss' | R]?: number },
  };
}

/** Returns the call without its loss. */
export function withoutLoss<R extends string, K extends KernelName>(call: Call<'loss' | R, K>): Call<R, K> {
  const { loss: _, ...results } = call.results as { readonly [name in 'loss' | R]: Result };
  return { ...call, results } as Call<R, K>;
}
