import type { Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows, type Rows } from '../rows.ts';

type LogSumExpKernel = Kernel<'logSumExp', WasmBuffer, 'sync'>;

/** logSumExp, computed in float32. */
export function logSumExp(memory: Memory, other: LogSumExpKernel): LogSumExpKernel {
  const solve = memory.exports.logSumExp;
  return (p, inputs) => {
    if (p.dtype === 'float64') return other(p, inputs);
    const w = memory.workspace(p.n, 1);
    const y = memory.allocate(p.dtype, p.outer * p.inner);
    const sums = y.dtype === 'float32' ? y : memory.scratch('float32', y.length);
    const rows = (at: Rows): void =>
      solve(w, at.x, at.mask, sums.ptr + 4 * at.first, at.rows, p.n, Number(p.mean));
    eachRows(memory, p, inputs, {}, rows, { by: 'blocks' });
    if (sums !== y) memory.convert(sums, y);
    return { y };
  };
}

type LogSumExpGradKernel = Kernel<'logSumExpGrad', WasmBuffer, 'sync'>;

/** Its vector-Jacobian product. */
export function logSumExpGrad(memory: Memory, other: LogSumExpGradKernel): LogSumExpGradKernel {
  const solve = memory.exports.logSumExpGrad;
  return (p, inputs) => {
    if (p.dtype === 'float64') return other(p, inputs);
    const { x, mask } = inputs;
    const dy = memory.as('float32', inputs.dy);
    const w = memory.workspace(p.n, 1);
    const dx = memory.allocate(p.dtype, x.length);
    const rows = (at: Rows): void => solve(w, at.x, at.mask, dy.ptr + 4 * at.first, at.y, at.rows, p.n);
    eachRows(memory, p, { x, mask }, { y: dx }, rows, { by: 'blocks' });
    return { dx };
  };
}
