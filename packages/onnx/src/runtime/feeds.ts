import type { Problem, Shape } from '@softmax/core';
import type { ElementType, Graph, ValueInfo } from '../model/graph.ts';
import { type OrtTensor, type Runtime, shaped } from './runtime.ts';

/**
 * Feeds a graph's inputs: the kernel's input of that name in the graph's shape, otherwise the
 * problem's number.
 */
export function feeds(
  ort: Runtime,
  { inputs }: Graph,
  problem: Problem,
  buffers: { readonly [name: string]: OrtTensor | undefined },
): { readonly [name: string]: OrtTensor } {
  const fed: Record<string, OrtTensor> = {};
  for (const { name, dtype, dims } of inputs) {
    const buffer = buffers[name];
    if (buffer === undefined) fed[name] = number(ort, dtype, sizeOf(problem, name));
    else fed[name] = shaped(ort, buffer, sizesOf(problem, dims, buffer.dims));
  }
  return fed;
}

const number = ({ Tensor }: Runtime, dtype: ElementType, value: number): OrtTensor =>
  dtype === 'float32'
    ? new Tensor('float32', Float32Array.of(value), [])
    : new Tensor('float64', Float64Array.of(value), []);

function sizeOf(problem: Problem, name: string | number): number {
  if (typeof name === 'number') return name;
  const found: unknown = Reflect.get(problem, name);
  return Number(found ?? numbersOf(problem)[name]);
}

/**
 * The lengths of a buffer's dimensions; a length that the problem does not name follows from the
 * others and from its shape.
 */
export function sizesOf(problem: Problem, dims: ValueInfo['dims'], shape: Shape): readonly number[] {
  const sizes = dims.map((d) => sizeOf(problem, d));
  const missing = sizes.findIndex(Number.isNaN);
  if (missing < 0) return sizes;
  const known = sizes.reduce((product, d) => (Number.isNaN(d) ? product : product * d), 1);
  sizes[missing] = shape.reduce((a, b) => a * b, 1) / known;
  return sizes;
}

/** The fields of a problem by name; fields of list items by name and index: `width0`. */
function numbersOf(problem: object): { readonly [name: string]: unknown } {
  const lists = Object.values(problem).filter(Array.isArray) as object[][];
  const items = lists.flatMap((list) =>
    list.flatMap((item, k) => Object.entries(item).map(([name, value]) => [`${name}${k}`, value])),
  );
  return { ...problem, ...Object.fromEntries(items) };
}
