import type { Problem } from '@softmax/core';
import type { Memory, WasmBuffer } from './memory.ts';

/** Some rows of a problem, each of n neighbours in memory. */
export interface Rows {
  readonly x: number;
  /** 0 where there is none. */
  readonly mask: number;
  readonly dy: number;
  readonly beside: number;
  /** Where their results go; 0 where there are none for each value. */
  readonly y: number;
  /** The first one's number, and how many there are. */
  readonly first: number;
  readonly rows: number;
}

/** Rows are gathered at least 16 at a time, which fills cache lines, and as many as make this many values. */
const [LINE, VALUES] = [16, 4096];
/** Longer rows are gathered four at a time, to keep the scratch memory small. */
const LONG = 65536;

export interface Values {
  readonly x: WasmBuffer;
  readonly mask?: WasmBuffer | undefined;
  /** A cotangent that has the shape of x. */
  readonly dy?: WasmBuffer | undefined;
  /** Noise, or a target, of the same shape. */
  readonly beside?: WasmBuffer | undefined;
}

/**
 * Solves a problem row by row, wherever its rows lie: those that are no neighbours are gathered and scattered.
 * By the calling thread `alone` where all rows share one scratch.
 */
export function eachRows(
  memory: Memory,
  { outer, n, inner }: Problem,
  { x, mask, dy, beside }: Values,
  y: WasmBuffer | undefined,
  solve: (rows: Rows) => void,
  alone = false,
): void {
  if (inner === 1) {
    const from = (buffer: WasmBuffer | undefined, bytes: number): number => (buffer ? buffer.ptr + bytes : 0);
    const some = (first: number, rows: number): void => {
      const at = 4 * first * n;
      const [dys, besides] = [from(dy, at), from(beside, at)];
      solve({
        x: x.ptr + at,
        mask: from(mask, first * n),
        dy: dys,
        beside: besides,
        y: from(y, at),
        first,
        rows,
      });
    };
    if (memory.pool && !alone) memory.pool.over(outer, n, some);
    else some(0, outer);
    return;
  }
  const { gather, gatherBytes, scatter } = memory.exports;
  const wanted = n > LONG ? 4 : Math.max(LINE, Math.floor(VALUES / n / LINE) * LINE);
  const width = Math.min(inner, wanted);
  const size = Math.ceil((width * n) / LINE) * LINE * 4;
  memory.scratch(size * 5, (scratch) => {
    const [xs, ys] = [scratch, y ? scratch + size : 0];
    const [masks, dys] = [mask ? scratch + 2 * size : 0, dy ? scratch + 3 * size : 0];
    const besides = beside ? scratch + 4 * size : 0;
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i += width) {
        const rows = Math.min(width, inner - i);
        const at = o * n * inner + i;
        gather(x.ptr + at * 4, xs, n, inner, rows);
        if (mask) gatherBytes(mask.ptr + at, masks, n, inner, rows);
        if (dy) gather(dy.ptr + at * 4, dys, n, inner, rows);
        if (beside) gather(beside.ptr + at * 4, besides, n, inner, rows);
        solve({ x: xs, mask: masks, dy: dys, beside: besides, y: ys, first: o * inner + i, rows });
        if (y) scatter(ys, y.ptr + at * 4, n, inner, rows);
      }
  });
}
