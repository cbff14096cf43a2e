import type { Problem } from '@softmax/core';
import type { Graph } from './graph.ts';
import { type OrtTensor, type Runtime, shaped } from './runtime.ts';

/**
 * What a graph's inputs are fed: the kernel's input of that name in the graph's shape, or else the problem's number.
 */
export function feeds(
  ort: Runtime,
  { inputs }: Graph,
  problem: Problem,
  buffers: { readonly [name: string]: OrtTensor | undefined },
): { readonly [name: string]: OrtTensor } {
  const sizes = numbersOf(problem);
  const sizeOf = (name: string | number) => (typeof name === 'number' ? name : Number(sizes[name]));
  return Object.fromEntries(
    inputs.map(({ name, dims }) => {
      const buffer = buffers[name];
      const fed = buffer
        ? shaped(
            ort,
            buffer,
            filled(
              dims.map(sizeOf),
              buffer.dims.reduce((a, b) => a * b, 1),
            ),
          )
        : new ort.Tensor('float64', Float64Array.of(sizeOf(name)), []);
      return [name, fed];
    }),
  );
}

/** A size that the problem does not name follows from the others. */
function filled(dims: readonly number[], size: number): readonly number[] {
  const known = dims.reduce((product, d) => (d === d ? product * d : product), 1);
  return dims.map((d) => (d === d ? d : size / known));
}

/** The fields of a problem by name; those of the items of a list by name and place: `width0`. */
function numbersOf(problem: object): { readonly [name: string]: unknown } {
  const lists = Object.values(problem).filter(Array.isArray) as object[][];
  const items = lists.flatMap((list) =>
    list.flatMap((item, k) => Object.entries(item).map(([name, value]) => [`${name}${k}`, value])),
  );
  return { ...problem, ...Object.fromEntries(items) };
}
