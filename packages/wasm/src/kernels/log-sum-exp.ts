import type { Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows } from '../rows.ts';

type LogSumExpKernel = Kernel<'logSumExp', WasmBuffer, 'sync'>;

/** logSumExp of float32. */
export function logSumExp(memory: Memory, other: LogSumExpKernel): LogSumExpKernel {
  const solve = memory.exports.logSumExp;
  return (p, inputs) => {
    if (p.dtype !== 'float32') return other(p, inputs);
    const w = memory.workspace(p.n, 1);
    const y = memory.allocate('float32', p.outer * p.inner);
    eachRows(memory, p, inputs, undefined, (at) =>
      solve(w, at.x, at.mask, y.ptr + 4 * at.first, at.rows, p.n, Number(p.mean)),
    );
    return { y };
  };
}

type LogSumExpGradKernel = Kernel<'logSumExpGrad', WasmBuffer, 'sync'>;

/** Its vector-Jacobian product. */
export function logSumExpGrad(memory: Memory, other: LogSumExpGradKernel): LogSumExpGradKernel {
  const solve = memory.exports.logSumExpGrad;
  return (p, inputs) => {
    if (p.dtype !== 'float32') return other(p, inputs);
    const { x, mask, dy } = inputs;
    const w = memory.workspace(p.n, 1);
    const dx = memory.allocate('float32', x.length);
    eachRows(memory, p, { x, mask }, dx, (at) =>
      solve(w, at.x, at.mask, dy.ptr + 4 * at.first, at.y, at.rows, p.n),
    );
    return { dx };
  };
}
