import type { DType, Problem } from '@softmax/core';
import { type Memory, sizeOf, type WasmBuffer } from './memory.ts';
import { NOWHERE, type Place, placeOf } from './place.ts';

/** Some rows of a problem, each of n neighbours in memory, in the type that the kernel computes in. */
export interface Rows {
  readonly x: number;
  /** 0 where there is none. */
  readonly mask: number;
  readonly dy: number;
  readonly beside: number;
  /** Where their results go. */
  readonly y: number;
  readonly dt: number;
  /** The first one's number, and how many there are. */
  readonly first: number;
  readonly rows: number;
}

/** Rows are gathered at least 16 at a time, which fills cache lines, and as many as make this many values. */
const [LINE, VALUES] = [16, 4096];
/** Longer rows are gathered four at a time, to keep the scratch memory small. */
const LONG = 65536;

/** Tensors of the shape of x. */
export interface Values {
  readonly x: WasmBuffer;
  readonly mask?: WasmBuffer | undefined;
  /** A cotangent. */
  readonly dy?: WasmBuffer | undefined;
  /** Noise, or a target. */
  readonly beside?: WasmBuffer | undefined;
}

/** Results of that shape. */
export interface Results {
  readonly y?: WasmBuffer | undefined;
  /** The gradient of a target. */
  readonly dt?: WasmBuffer | undefined;
}

export interface Manner {
  /** What the kernel computes in. Default: float32. */
  readonly dtype?: 'float32' | 'float64';
  /**
   * Who solves the rows: the calling thread, as where all of them share one scratch; each thread some of them; or, of a
   * long row, each thread some of its blocks. Default: rows.
   */
  readonly by?: 'caller' | 'rows' | 'blocks';
}

/** In float64, by the calling thread: these kernels have no workspace of each thread. */
export const DOUBLE: Manner = { dtype: 'float64', by: 'caller' };

/** Where a float64 of each row stands, of whatever type they were; 0 where there are none. */
export function doubles(memory: Memory, buffer: WasmBuffer | undefined): (row: number) => number {
  if (!buffer) return () => 0;
  const { ptr } = memory.as('float64', buffer);
  return (row) => ptr + 8 * row;
}

/**
 * Solves a problem row by row, wherever its rows lie and whatever their type is: those that are no neighbours are
 * gathered and scattered, and other types are converted, as many rows at a time as stay in the cache.
 */
export function eachRows(
  memory: Memory,
  { outer, n, inner }: Problem,
  { x, mask, dy, beside }: Values,
  { y, dt }: Results,
  solve: (rows: Rows) => void,
  { dtype = 'float32', by = 'rows' }: Manner = {},
): void {
  const fits = (buffer: WasmBuffer | undefined): boolean => !buffer || buffer.dtype === dtype;
  const ready = inner === 1 && fits(x) && fits(dy) && fits(beside) && fits(y) && fits(dt);
  if (ready) {
    const from = (buffer: WasmBuffer | undefined, first: number): number =>
      buffer ? buffer.ptr + first * n * sizeOf(buffer.dtype) : 0;
    const some = (first: number, rows: number): void =>
      solve({
        x: from(x, first),
        mask: from(mask, first),
        dy: from(dy, first),
        beside: from(beside, first),
        y: from(y, first),
        dt: from(dt, first),
        first,
        rows,
      });
    if (memory.pool && by !== 'caller') memory.pool.over(outer, n, some, by === 'blocks');
    else some(0, outer);
    return;
  }
  // Rows that are neighbours are all of one matrix of one column.
  const [matrices, columns] = inner === 1 ? [1, outer] : [outer, inner];
  const width = Math.min(columns, widthOf(n, inner));
  const place = (buffer: WasmBuffer | undefined, type: DType): Place =>
    buffer ? placeOf(memory, buffer, type, { n, inner, width }) : NOWHERE;
  const [xs, masks, dys] = [place(x, dtype), place(mask, 'bool'), place(dy, dtype)];
  const [besides, ys, others] = [place(beside, dtype), place(y, dtype), place(dt, dtype)];
  for (let o = 0; o < matrices; o++)
    for (let i = 0; i < columns; i += width) {
      const rows = Math.min(width, columns - i);
      const at = o * n * inner + (inner === 1 ? i * n : i);
      for (const each of [xs, masks, dys, besides]) each.bring(at, rows);
      const first = o * columns + i;
      const [here, there] = [ys.at(at), others.at(at)];
      solve({
        x: xs.at(at),
        mask: masks.at(at),
        dy: dys.at(at),
        beside: besides.at(at),
        y: here,
        dt: there,
        first,
        rows,
      });
      for (const each of [ys, others]) each.take(at, rows);
    }
}

function widthOf(n: number, inner: number): number {
  if (inner === 1) return Math.max(1, Math.floor(VALUES / n));
  return n > LONG ? 4 : Math.max(LINE, Math.floor(VALUES / n / LINE) * LINE);
}
