import { cpuKernels, type Kernel, type LogSum } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { BLOCKS, DOUBLE, doubles, eachRows, perRow, type SolveRows } from '../rows.ts';
import { rowOf, withDoubts } from './doubts.ts';

type LogSumExpKernel = Kernel<'logSumExp', WasmBuffer, 'sync'>;

interface Inputs {
  readonly x: WasmBuffer;
  readonly mask?: WasmBuffer | undefined;
}

/**
 * logSumExp: in float32 of float32 and float16, in float64 of float64. Rows whose result shows the errors of that are
 * solved again by the CPU reference.
 */
export function logSumExp(memory: Memory): LogSumExpKernel {
  return (p, inputs) => {
    const y = memory.allocate(p.dtype, p.outer * p.inner);
    const sums = p.dtype === 'float16' ? memory.scratch('float32', y.length) : y;
    const kernel = p.dtype === 'float64' ? wide(memory, p, inputs, y) : narrow(memory, p, inputs, sums);
    withDoubts(memory, p, kernel, (row) => {
      (memory.view(sums) as Float64Array)[row] = exactly(memory, p, inputs, row);
    });
    if (sums !== y) memory.convert(sums, y);
    return { y };
  };
}

type Marking = (doubts: number) => void;

function narrow(memory: Memory, p: LogSum, inputs: Inputs, y: WasmBuffer): Marking {
  return (doubts) => {
    memory.prepare(p.n, 1);
    const rows: SolveRows = (call, at) =>
      call.logSumExp(
        at.w,
        at.x,
        at.mask,
        perRow(y.ptr, 4, at.first),
        at.rows,
        p.n,
        Number(p.mean),
        perRow(doubts, 1, at.first),
      );
    eachRows(memory, p, inputs, {}, rows, BLOCKS);
  };
}

/** Of float64. */
function wide(memory: Memory, p: LogSum, inputs: Inputs, y: WasmBuffer): Marking {
  return (doubts) => {
    const rows: SolveRows = (call, at) =>
      call.doubleLogSumExp(
        at.x,
        at.mask,
        perRow(y.ptr, 8, at.first),
        at.rows,
        p.n,
        Number(p.mean),
        at.room,
        perRow(doubts, 1, at.first),
      );
    eachRows(memory, p, inputs, {}, rows, { ...DOUBLE, room: 8 * p.n });
  };
}

/** One row in float64. */
function exactly(memory: Memory, p: LogSum, { x, mask }: Inputs, row: number): number {
  const problem: LogSum = { ...p, dtype: 'float64', outer: 1, inner: 1 };
  const allowed = rowOf(memory, mask, p, row);
  const host = { x: rowOf(memory, x, p, row) as Float64Array, mask: allowed && Uint8Array.from(allowed) };
  return cpuKernels.logSumExp(problem, host).y[0] as number;
}

type LogSumExpGradKernel = Kernel<'logSumExpGrad', WasmBuffer, 'sync'>;

/** Its vector-Jacobian product. */
export function logSumExpGrad(memory: Memory): LogSumExpGradKernel {
  return (p, inputs) => {
    const { x, mask } = inputs;
    const dx = memory.allocate(p.dtype, x.length);
    if (p.dtype === 'float64') {
      const ptr = doubles(memory, inputs.dy);
      const solveWide: SolveRows = (call, at) =>
        call.doubleLogSumExpGrad(at.x, at.mask, ptr(at.first), at.y, at.rows, p.n);
      eachRows(memory, p, { x, mask }, { y: dx }, solveWide, DOUBLE);
      return { dx };
    }
    const dy = memory.as('float32', inputs.dy);
    memory.prepare(p.n, 1);
    const rows: SolveRows = (call, at) =>
      call.logSumExpGrad(at.w, at.x, at.mask, perRow(dy.ptr, 4, at.first), at.y, at.rows, p.n);
    eachRows(memory, p, { x, mask }, { y: dx }, rows, BLOCKS);
    return { dx };
  };
}
