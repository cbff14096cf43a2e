import type { Kernel, LogSum } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { BLOCKS, DOUBLE, doubles, eachRows, type Rows } from '../rows.ts';

type LogSumExpKernel = Kernel<'logSumExp', WasmBuffer, 'sync'>;

/** logSumExp: in float32 of float32 and float16, in float64 of float64. */
export function logSumExp(memory: Memory): LogSumExpKernel {
  const solve = memory.exports.logSumExp;
  return (p, inputs) => {
    if (p.dtype === 'float64') return { y: wide(memory, p, inputs) };
    memory.prepare(p.n, 1);
    const y = memory.allocate(p.dtype, p.outer * p.inner);
    const sums = y.dtype === 'float32' ? y : memory.scratch('float32', y.length);
    const rows = (at: Rows): void =>
      solve(at.w, at.x, at.mask, sums.ptr + 4 * at.first, at.rows, p.n, Number(p.mean));
    eachRows(memory, p, inputs, {}, rows, BLOCKS);
    if (sums !== y) memory.convert(sums, y);
    return { y };
  };
}

/** Of float64. */
function wide(
  memory: Memory,
  p: LogSum,
  inputs: { readonly x: WasmBuffer; readonly mask?: WasmBuffer | undefined },
): WasmBuffer {
  const y = memory.allocate('float64', p.outer * p.inner);
  const solve = (at: Rows) =>
    memory.exports.doubleLogSumExp(
      at.x,
      at.mask,
      y.ptr + 8 * at.first,
      at.rows,
      p.n,
      Number(p.mean),
      at.room,
    );
  eachRows(memory, p, inputs, {}, solve, { ...DOUBLE, room: 8 * p.n });
  return y;
}

type LogSumExpGradKernel = Kernel<'logSumExpGrad', WasmBuffer, 'sync'>;

/** Its vector-Jacobian product. */
export function logSumExpGrad(memory: Memory): LogSumExpGradKernel {
  const solve = memory.exports.logSumExpGrad;
  return (p, inputs) => {
    const { x, mask } = inputs;
    const dx = memory.allocate(p.dtype, x.length);
    if (p.dtype === 'float64') {
      const { doubleLogSumExpGrad } = memory.exports;
      const ptr = doubles(memory, inputs.dy);
      const solveWide = (at: Rows) => doubleLogSumExpGrad(at.x, at.mask, ptr(at.first), at.y, at.rows, p.n);
      eachRows(memory, p, { x, mask }, { y: dx }, solveWide, DOUBLE);
      return { dx };
    }
    const dy = memory.as('float32', inputs.dy);
    memory.prepare(p.n, 1);
    const rows = (at: Rows): void => solve(at.w, at.x, at.mask, dy.ptr + 4 * at.first, at.y, at.rows, p.n);
    eachRows(memory, p, { x, mask }, { y: dx }, rows, BLOCKS);
    return { dx };
  };
}
