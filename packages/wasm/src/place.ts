import type { DType } from '@softmax/core';
import { type Memory, sizeOf, type WasmBuffer } from './memory.ts';

/** Where the rows of a tensor are neighbours of one type for a while: brought there, or taken from there. */
export interface Place {
  readonly at: (first: number) => number;
  readonly bring: (first: number, rows: number) => void;
  readonly take: (first: number, rows: number) => void;
}

const nothing = (): void => {};
export const NOWHERE: Place = { at: () => 0, bring: nothing, take: nothing };

export function placeOf(
  memory: Memory,
  { ptr, dtype }: WasmBuffer,
  type: DType,
  { n, inner, width }: { readonly n: number; readonly inner: number; readonly width: number },
): Place {
  const { gather, scatter, convert } = memory.exports;
  const [size, wanted] = [sizeOf(dtype), sizeOf(type)];
  const outside = (first: number): number => ptr + first * size;
  if (inner === 1 && size === wanted) return { at: outside, bring: nothing, take: nothing };
  const inside = memory.scratch(type, width * n).ptr;
  const at = (): number => inside;
  if (inner === 1)
    return {
      at,
      bring: (first, rows) => convert(outside(first), size, inside, wanted, rows * n),
      take: (first, rows) => convert(inside, wanted, outside(first), size, rows * n),
    };
  const turned = size === wanted ? inside : memory.scratch(dtype, width * n).ptr;
  return {
    at,
    bring: (first, rows) => {
      gather(outside(first), turned, n, inner, rows, size);
      if (size !== wanted) convert(turned, size, inside, wanted, rows * n);
    },
    take: (first, rows) => {
      if (size !== wanted) convert(inside, wanted, turned, size, rows * n);
      scatter(turned, outside(first), n, inner, rows, size);
    },
  };
}
