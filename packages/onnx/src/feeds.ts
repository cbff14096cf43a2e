import type { Problem } from '@softmax/core';
import type { Graph } from './graph.ts';
import type { OrtTensor, Runtime } from './runtime.ts';

/**
 * What a graph's inputs are fed: the kernel's input of that name in the graph's shape, or else the problem's number.
 */
export function feeds(
  { Tensor }: Runtime,
  { inputs }: Graph,
  problem: Problem,
  buffers: { readonly [name: string]: OrtTensor | undefined },
): { readonly [name: string]: OrtTensor } {
  const sizes: { readonly [name: string]: unknown } = { ...problem };
  const numberOf = (name: string | number) => (typeof name === 'number' ? name : Number(sizes[name]));
  return Object.fromEntries(
    inputs.map(({ name, dims }) => {
      const buffer = buffers[name];
      const fed = buffer
        ? buffer.reshape(dims.map(numberOf))
        : new Tensor('float64', Float64Array.of(numberOf(name)), []);
      return [name, fed];
    }),
  );
}
