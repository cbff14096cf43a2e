import type { DType } from '@softmax/core';
import { type Memory, sizeOf, type WasmBuffer } from './memory.ts';

/**
 * Makes the rows of a tensor contiguous values of one type for a while: thread k copies them there,
 * or back.
 */
export interface Place {
  readonly at: (first: number, k: number) => number;
  readonly bring: (first: number, rows: number, k: number) => void;
  readonly take: (first: number, rows: number, k: number) => void;
}

/** Tiles of `width` rows, in the scratch memory of a number of threads. */
export interface Tiling {
  readonly n: number;
  readonly inner: number;
  readonly width: number;
  readonly threads: number;
}

const nothing = (): void => {};
export const NOWHERE: Place = { at: () => 0, bring: nothing, take: nothing };

export function placeOf(
  memory: Memory,
  { ptr, dtype }: WasmBuffer,
  type: DType,
  { n, inner, width, threads }: Tiling,
): Place {
  const { gather, scatter, convert } = memory.exports;
  const [size, wanted] = [sizeOf(dtype), sizeOf(type)];
  const outside = (first: number): number => ptr + first * size;
  if (inner === 1 && size === wanted) return { at: outside, bring: nothing, take: nothing };
  const inside = memory.own(wanted * width * n, threads);
  const at = (_: number, k: number): number => inside(k);
  if (inner === 1)
    return {
      at,
      bring: (first, rows, k) => convert(outside(first), size, inside(k), wanted, rows * n),
      take: (first, rows, k) => convert(inside(k), wanted, outside(first), size, rows * n),
    };
  const turned = size === wanted ? inside : memory.own(size * width * n, threads);
  return {
    at,
    bring: (first, rows, k) => {
      gather(outside(first), turned(k), n, inner, rows, size);
      if (size !== wanted) convert(turned(k), size, inside(k), wanted, rows * n);
    },
    take: (first, rows, k) => {
      if (size !== wanted) convert(inside(k), wanted, turned(k), size, rows * n);
      scatter(turned(k), outside(first), n, inner, rows, size);
    },
  };
}
