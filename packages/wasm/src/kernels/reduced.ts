import type { Reduced } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';

/**
 * The losses of the rows, which `solve` computes in float64 on request, or their sum over the
 * denominator.
 */
export function reduced(
  memory: Memory,
  p: Reduced,
  solve: (losses: number, values: WasmBuffer) => void,
): WasmBuffer {
  const rows = p.outer * p.inner;
  const loss = memory.allocate(p.dtype, p.sum ? 1 : rows);
  const losses = memory.scratch('float64', rows);
  solve(losses.ptr, losses);
  if (p.sum) {
    const sum = memory.scratch('float64', 1);
    memory.view(sum)[0] = sumOf(memory.view(losses)) / p.denominator;
    memory.convert(sum, loss);
  } else memory.convert(losses, loss);
  return loss;
}

/** A sum with its rounding error (Knuth's TwoSum); an infinite one has none. */
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
