import type { DType, Problem } from '@softmax/core';
import { type Memory, sizeOf, type WasmBuffer } from './memory.ts';
import { NOWHERE, type Place, placeOf } from './place.ts';
import {
  type Argument,
  type At,
  type Calls,
  eachTile,
  PARTS,
  scaled,
  strided,
  TILE,
  threadsFor,
  widthOfTile,
} from './tiles.ts';

/** Some rows of a problem, each of n contiguous values, in the kernel's working type. */
export interface Rows {
  readonly x: Argument;
  /** The address of the mask; 0 without one. */
  readonly mask: Argument;
  readonly dy: Argument;
  readonly beside: Argument;
  /** The addresses of the results. */
  readonly y: Argument;
  readonly dt: Argument;
  /** The number of the first row, and the count. */
  readonly first: Argument;
  readonly rows: Argument;
  /** The workspace of the thread that solves them, and its room if requested. */
  readonly w: Argument;
  readonly room: Argument;
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
/** For kernels that solve a long row on several threads, in blocks. */
export const BLOCKS: Manner = { blocks: true };
/** The weight of a float64 value: it takes 7 times as long. */
const DOUBLE_COST = 4;
/** The minimum number of values of a row that threads solve together. */
const LONG_ROW = 2 ** 18;

const addressOf = (buffer: WasmBuffer | undefined): number => (buffer ? buffer.ptr : 0);

/** The address of the first row's value, of one for each row; 0 without values. */
export const ofRow = (buffer: WasmBuffer | undefined, row: Argument): Argument =>
  buffer ? perRow(buffer.ptr, sizeOf(buffer.dtype), row) : 0;

/** The address of the first row's bytes, of those that begin at `ptr`. */
export const perRow = (ptr: number, bytes: number, row: Argument): Argument =>
  typeof row === 'number' ? ptr + bytes * row : scaled(ptr, bytes, row);

/** The address of one float64 for each row, converted from any type; 0 without values. */
export function doubles(memory: Memory, buffer: WasmBuffer | undefined): (row: Argument) => Argument {
  if (!buffer) return () => 0;
  const { ptr } = memory.as('float64', buffer);
  return (row) => perRow(ptr, 8, row);
}

/** Solves rows by one call of an export, in the memory of one thread. */
export type SolveRows = (call: Calls, rows: Rows) => void;

/**
 * Solves a problem row by row, for rows of any layout and type. Rows that are not contiguous are
 * gathered and scattered, and other types are converted, in groups that stay in the cache. `solve`
 * receives the numbers of one tile, or once the numbers of every tile (see `Strided`).
 */
export function eachRows(
  memory: Memory,
  { outer, n, inner }: Problem,
  { x, mask, dy, beside }: Values,
  { y, dt }: Results,
  solve: SolveRows,
  { dtype = 'float32', room = 0, blocks = false }: Manner = {},
): void {
  const fits = (buffer: WasmBuffer | undefined): boolean => !buffer || buffer.dtype === dtype;
  const ready = inner === 1 && fits(x) && fits(dy) && fits(beside) && fits(y) && fits(dt);
  if (ready && !memory.pool) {
    // The most frequent case, in as few steps as possible.
    solve(memory.calls, {
      x: addressOf(x),
      mask: addressOf(mask),
      dy: addressOf(dy),
      beside: addressOf(beside),
      y: addressOf(y),
      dt: addressOf(dt),
      first: 0,
      rows: outer,
      w: memory.workspaceOf(0),
      room: room === 0 ? 0 : memory.own(room, 1).base,
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
  const per = Math.ceil(columns / width);
  const count = widthOfTile(width, per, columns);
  const first = strided(0, { perTile: width, perMatrix: columns });
  const start = strided(0, { perTile: inner === 1 ? width * n : width, perMatrix: n * inner });
  const tiling = { n, inner, width, threads, rows: count, start };
  const place = (buffer: WasmBuffer | undefined, type: DType): Place =>
    buffer ? placeOf(memory, buffer, type, tiling) : NOWHERE;
  const own = memory.own(room, threads);
  const [xs, masks, dys] = [place(x, dtype), place(mask, 'bool'), place(dy, dtype)];
  const [besides, ys, others] = [place(beside, dtype), place(y, dtype), place(dt, dtype)];
  const workspace = memory.workspace();
  const solveTile = (call: Calls, at: At): void => {
    for (const each of [xs, masks, dys, besides]) each.bring(call, at);
    solve(call, {
      x: at(xs.address),
      mask: at(masks.address),
      dy: at(dys.address),
      beside: at(besides.address),
      y: at(ys.address),
      dt: at(others.address),
      first: at(first),
      rows: at(count),
      w: at(workspace),
      room: at(own),
    });
    for (const each of [ys, others]) each.take(call, at);
  };
  const states = together ? memory.workspaceOf(0) : 0;
  eachTile(memory, { matrices, per, threads, solve: solveTile }, states);
}

/** Long rows of float16, one after another: all threads convert each row and solve it together. */
function eachLongRow(
  memory: Memory,
  outer: number,
  { x, mask, dy }: Values,
  y: WasmBuffer | undefined,
  solve: SolveRows,
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
    eachRows(memory, problem, values, { y: ys }, (call, at) => solve(call, { ...at, first }), BLOCKS);
    if (y && ys) memory.convert(ys, row(y));
  }
}

function widthOf(n: number, inner: number): number {
  if (inner === 1) return Math.max(1, Math.floor(VALUES / n));
  return n > LONG ? 4 : Math.max(LINE, Math.floor(VALUES / n / LINE) * LINE);
}
