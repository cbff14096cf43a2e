import { fromFloat16, type Problem, toFloat16 } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';

/** The values of one row as float64, from any type. */
export function rowOf(
  memory: Memory,
  buffer: WasmBuffer | undefined,
  { n, inner }: Problem,
  row: number,
): Float64Array | undefined {
  if (!buffer) return undefined;
  const values = memory.view(buffer);
  const first = startOf({ n, inner }, row);
  const half = buffer.dtype === 'float16';
  return Float64Array.from({ length: n }, (_, k) => {
    const value = values[first + k * inner] as number;
    return half ? fromFloat16(value) : value;
  });
}

/** Writes one row, rounded to the type of the buffer. */
export function putRow(
  memory: Memory,
  buffer: WasmBuffer,
  { n, inner }: Problem,
  row: number,
  values: ArrayLike<number>,
): void {
  const to = memory.view(buffer);
  const first = startOf({ n, inner }, row);
  const half = buffer.dtype === 'float16';
  for (let k = 0; k < n; k++) {
    const value = values[k] as number;
    to[first + k * inner] = half ? toFloat16(value) : value;
  }
}

const startOf = ({ n, inner }: Pick<Problem, 'n' | 'inner'>, row: number): number =>
  Math.floor(row / inner) * n * inner + (row % inner);

/** Solves the rows again that a kernel has marked; `kernel` takes their addresses. */
export function withDoubts(
  memory: Memory,
  { outer, inner }: Problem,
  kernel: (doubts: number) => void,
  again: (row: number) => void,
): void {
  const doubts = memory.scratch('bool', outer * inner);
  memory.view(doubts).fill(0);
  kernel(doubts.ptr);
  for (let row = memory.view(doubts).indexOf(1); row >= 0; row = memory.view(doubts).indexOf(1, row + 1))
    again(row);
}
