import type { Reduced } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';

/** The losses of the rows, computed in float64 where `solve` is told to, or their sum over the denominator. */
export function reduced(memory: Memory, p: Reduced, solve: (losses: number) => void): WasmBuffer {
  const rows = p.outer * p.inner;
  const loss = memory.allocate('float32', p.sum ? 1 : rows);
  memory.scratch(8 * rows, (ptr) => {
    solve(ptr);
    const losses = memory.view({ ptr, length: rows, dtype: 'float64' });
    if (p.sum) memory.view(loss)[0] = sumOf(losses) / p.denominator;
    else memory.view(loss).set(losses);
  });
  return loss;
}

/** A sum with its rounding errors beside it (Knuth's TwoSum); an infinite one has none. */
function sumOf(values: ArrayLike<number> & Iterable<number>): number {
  let [sum, lost] = [0, 0];
  for (const value of values) {
    const next = sum + value;
    const part = next - sum;
    lost += sum - (next - part) + (value - part);
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}
