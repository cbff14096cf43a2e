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
  /** The workspace of the thread that solves them, and its room where one was asked for. */
  readonly w: number;
  readonly room: number;
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
  /** The bytes that each thread needs for itself beside its workspace. Default: none. */
  readonly room?: number;
  /** Whether threads can solve one long row together, each some of its blocks. Default: no. */
  readonly blocks?: boolean;
}

export const DOUBLE: Manner = { dtype: 'float64' };
/** Where threads share a row in blocks. */
export const BLOCKS: Manner = { blocks: true };
/**
 * Fewer values than these are solved by the caller. Softmax on two threads against one, on two cores which other work
 * had too, the best of 31 turns: 32 rows of 2048 values 1.6 times as fast where call follows call, of 4096 1.8 times; one
 * row of 2¹⁸ values 1.7 times, but where 5 ms lie between calls, so that the worker has to be woken, 1.0, of 2¹⁹ 1.5.
 */
const [SPLIT, LONG_ROW] = [2 ** 17, 2 ** 18];
/** Values that a thread solves at a time: 8 µs of softmax. */
const SHARE = 16_384;
/** Values that all threads together hold in scratch memory; where more are needed, fewer threads take part. */
const HELD = 2 ** 23;

/** Where the value of a row stands; 0 where there are none. */
export const ofRow = (buffer: WasmBuffer | undefined, row: number): number =>
  buffer ? buffer.ptr + sizeOf(buffer.dtype) * row : 0;

/** Where a float64 of each row stands, of whatever type they were; 0 where there are none. */
export function doubles(memory: Memory, buffer: WasmBuffer | undefined): (row: number) => number {
  if (!buffer) return () => 0;
  const { ptr } = memory.as('float64', buffer);
  return (row) => ptr + 8 * row;
}

/**
 * Solves a problem row by row, wherever its rows lie and whatever their type is: those that are no neighbours are
 * gathered and scattered, and other types are converted, as many rows at a time as stay in the cache. `solve` is given
 * the rows of one thread, works in its memory alone, and hands what it is given to one call of `exports`, in sums with
 * constants (see Job).
 */
export function eachRows(
  memory: Memory,
  { outer, n, inner }: Problem,
  { x, mask, dy, beside }: Values,
  { y, dt }: Results,
  solve: (rows: Rows) => void,
  { dtype = 'float32', room = 0, blocks = false }: Manner = {},
): void {
  const fits = (buffer: WasmBuffer | undefined): boolean => !buffer || buffer.dtype === dtype;
  const ready = inner === 1 && fits(x) && fits(dy) && fits(beside) && fits(y) && fits(dt);
  // Rows that are neighbours are all of one matrix of one column.
  const [matrices, columns] = inner === 1 ? [1, outer] : [outer, inner];
  const { pool } = memory;
  const many = pool !== undefined && outer * n * inner >= SPLIT;
  let width = columns;
  if (!ready) width = Math.min(columns, widthOf(n, inner));
  else if (many) width = Math.ceil(SHARE / n);
  const held = ready ? room / 8 : width * n;
  const threads = many ? Math.max(1, Math.min(pool.size, Math.floor(HELD / held))) : 1;
  const own = memory.own(room, threads);
  const place = (buffer: WasmBuffer | undefined, type: DType): Place =>
    buffer ? placeOf(memory, buffer, type, { n, inner, width, threads }) : NOWHERE;
  const [xs, masks, dys] = [place(x, dtype), place(mask, 'bool'), place(dy, dtype)];
  const [besides, ys, others] = [place(beside, dtype), place(y, dtype), place(dt, dtype)];
  const tile = (o: number, i: number, k: number): void => {
    const column = i * width;
    const rows = Math.min(width, columns - column);
    const at = o * n * inner + (inner === 1 ? column * n : column);
    if (!ready) for (const each of [xs, masks, dys, besides]) each.bring(at, rows, k);
    solve({
      x: xs.at(at, k),
      mask: masks.at(at, k),
      dy: dys.at(at, k),
      beside: besides.at(at, k),
      y: ys.at(at, k),
      dt: others.at(at, k),
      first: o * columns + column,
      rows,
      w: memory.workspaceOf(k),
      room: own(k),
    });
    if (!ready) for (const each of [ys, others]) each.take(at, rows, k);
  };
  const tiles = { matrices, per: Math.ceil(columns / width), threads, tile };
  if (many) pool.over(tiles, blocks && ready && n >= LONG_ROW ? memory.workspaceOf(0) : 0);
  else for (let o = 0; o < matrices; o++) for (let i = 0; i < tiles.per; i++) tile(o, i, 0);
}

function widthOf(n: number, inner: number): number {
  if (inner === 1) return Math.max(1, Math.floor(VALUES / n));
  return n > LONG ? 4 : Math.max(LINE, Math.floor(VALUES / n / LINE) * LINE);
}
