import type { DType } from '@softmax/core';
import { type Memory, sizeOf, type WasmBuffer } from './memory.ts';
import { type At, type Calls, type Strided, scaled, ZERO } from './tiles.ts';

/**
 * Makes the rows of a tensor contiguous values of one type for a while: copies them there, or back.
 */
export interface Place {
  readonly address: Strided;
  readonly bring: (call: Calls, at: At) => void;
  readonly take: (call: Calls, at: At) => void;
}

/** Tiles of up to `width` rows, in the scratch memory of a number of threads. */
export interface Tiling {
  readonly n: number;
  readonly inner: number;
  readonly width: number;
  readonly threads: number;
  /** The number of rows of a tile, and where in the tensor its first value is. */
  readonly rows: Strided;
  readonly start: Strided;
}

const nothing = (): void => {};
export const NOWHERE: Place = { address: ZERO, bring: nothing, take: nothing };

export function placeOf(
  memory: Memory,
  { ptr, dtype }: WasmBuffer,
  type: DType,
  { n, inner, width, threads, rows, start }: Tiling,
): Place {
  const [size, wanted] = [sizeOf(dtype), sizeOf(type)];
  const outside = scaled(ptr, size, start);
  if (inner === 1 && size === wanted) return { address: outside, bring: nothing, take: nothing };
  const inside = memory.own(wanted * width * n, threads);
  const values = scaled(0, n, rows);
  if (inner === 1)
    return {
      address: inside,
      bring: (call, at) => call.convert(at(outside), size, at(inside), wanted, at(values)),
      take: (call, at) => call.convert(at(inside), wanted, at(outside), size, at(values)),
    };
  const turned = size === wanted ? inside : memory.own(size * width * n, threads);
  return {
    address: inside,
    bring: (call, at) => {
      call.gather(at(outside), at(turned), n, inner, at(rows), size);
      if (size !== wanted) call.convert(at(turned), size, at(inside), wanted, at(values));
    },
    take: (call, at) => {
      if (size !== wanted) call.convert(at(inside), wanted, at(turned), size, at(values));
      call.scatter(at(turned), at(outside), n, inner, at(rows), size);
    },
  };
}
