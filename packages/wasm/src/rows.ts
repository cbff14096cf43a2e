import type { DType, Problem } from '@softmax/core';
import { type Memory, sizeOf, type WasmBuffer } from './memory.ts';
import { NOWHERE, type Place, placeOf } from './place.ts';
import { eachTile, PARTS, TILE, threadsFor } from './tiles.ts';

/** Some rows of a problem, each of n contiguous values, in the kernel's working type. */
export interface Rows {
  readonly x: number;
  /** The address of the mask; 0 without one. */
  readonly mask: number;
  readonly dy: number;
  readonly beside: number;
  /** The addresses of the results. */
  readonly y: number;
  readonly dt: number;
  /** The number of the first row, and the count. */
  readonly first: number;
  readonly rows: number;
  /** The workspace of the thread that solves them, and its room if requested. */
  readonly w: number;
  readonly room: number;
}

/**
 * Rows are gathered at least 16 at a time, which fills cache lines, and up to this number of
 * values.
 */
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
  /** The kernel's working type. Default: float32. */
  readonly dtype?: 'float32' | 'float64';
  /** The bytes that each thread needs in addition to its workspace. Default: none. */
  readonly room?: number;
  /** Allows threads to solve one long row together, each some of its blocks. Default: false. */
  readonly blocks?: boolean;
}

export const DOUBLE: Manner = { dtype: 'float64' };
/** The address at which threads share a row in blocks. */
export const BLOCKS: Manner = { blocks: true };
/** The weight of a float64 value: it takes 7 times as long. */
const DOUBLE_COST = 4;
/** The minimum number of values of a row that threads solve together. */
const LONG_ROW = 2 ** 18;

/** The address of one value for each row; 0 without values. */
export const ofRow = (buffer: WasmBuffer | undefined, row: number): number =>
  buffer ? buffer.ptr + sizeOf(buffer.dtype) * row : 0;

/** The address of one float64 for each row, converted from any type; 0 without values. */
export function doubles(memory: Memory, buffer: WasmBuffer | undefined): (row: number) => number {
  if (!buffer) return () => 0;
  const { ptr } = memory.as('float64', buffer);
  return (row) => ptr + 8 * row;
}

/**
 * Solves a problem row by row, for rows of any layout and type. Rows that are not contiguous are
 * gathered and scattered, and other types are converted, in groups that stay in the cache. `solve`
 * receives the rows of one thread and uses only its memory. It passes its arguments, or sums of
 * them with constants, to one call of `exports` (see `Tiles`).
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
  if (ready && !memory.pool) {
    // The most frequent case, in as few steps as possible.
    solve({
      x: ofRow(x, 0),
      mask: ofRow(mask, 0),
      dy: ofRow(dy, 0),
      beside: ofRow(beside, 0),
      y: ofRow(y, 0),
      dt: ofRow(dt, 0),
      first: 0,
      rows: outer,
      w: memory.workspaceOf(0),
      room: memory.own(room, 1)(0),
    });
    return;
  }
  // Contiguous rows all belong to one matrix of one column.
  const [matrices, columns] = inner === 1 ? [1, outer] : [outer, inner];
  const gathered = Math.min(columns, widthOf(n, inner));
  const cost = dtype === 'float64' ? DOUBLE_COST : 1;
  const threads = threadsFor(memory.pool, outer * n * inner * cost, ready ? room / 8 : gathered * n);
  const long = blocks && n >= LONG_ROW;
  if (long && !ready && inner === 1 && threads > 1) {
    eachLongRow(memory, outer, { x, mask, dy }, y, solve);
    return;
  }
  const together = long && ready;
  let width = ready ? columns : gathered;
  if (together) width = 1;
  else if (ready && threads > 1)
    width = Math.max(Math.ceil(TILE / cost / n), Math.ceil(outer / threads / PARTS));
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
  const states = together ? memory.workspaceOf(0) : 0;
  eachTile(memory.pool, { matrices, per: Math.ceil(columns / width), threads, tile }, states);
}

/** Long rows of float16, one after another: all threads convert each row and solve it together. */
function eachLongRow(
  memory: Memory,
  outer: number,
  { x, mask, dy }: Values,
  y: WasmBuffer | undefined,
  solve: (rows: Rows) => void,
): void {
  const n = x.length / outer;
  const single = (buffer: WasmBuffer | undefined) => buffer && memory.scratch('float32', n);
  const [xs, dys, ys] = [memory.scratch('float32', n), single(dy), single(y)];
  for (let first = 0; first < outer; first++) {
    const row = (buffer: WasmBuffer): WasmBuffer => ({
      ...buffer,
      ptr: buffer.ptr + first * n * sizeOf(buffer.dtype),
      length: n,
    });
    memory.convert(row(x), xs);
    if (dy && dys) memory.convert(row(dy), dys);
    const values = { x: xs, mask: mask && row(mask), dy: dys };
    const problem = { outer: 1, n, inner: 1, dtype: 'float32' } as const;
    eachRows(memory, problem, values, { y: ys }, (at) => solve({ ...at, first }), BLOCKS);
    if (y && ys) memory.convert(ys, row(y));
  }
}

function widthOf(n: number, inner: number): number {
  if (inner === 1) return Math.max(1, Math.floor(VALUES / n));
  return n > LONG ? 4 : Math.max(LINE, Math.floor(VALUES / n / LINE) * LINE);
}
