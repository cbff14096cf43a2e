import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows, type Rows } from '../rows.ts';

/** Values of a token that count: where more did, each token would be a piece alone, and weights be read for each anew. */
const MOST = 2048;

/**
 * Solves tokens, or weight rows, some at a time: each of `work` multiplications, in a room of so many bytes for each
 * thread. They are told by number alone.
 */
export function eachToken(
  memory: Memory,
  x: WasmBuffer,
  outer: number,
  work: number,
  solve: (rows: Rows) => void,
  room = 0,
): void {
  const n = Math.ceil(Math.min(work, MOST));
  eachRows(memory, { outer, n, inner: 1, dtype: 'float32' }, { x }, {}, solve, { room });
}
