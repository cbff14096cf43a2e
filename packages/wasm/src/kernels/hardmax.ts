import type { Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { DOUBLE, eachRows, type SolveRows } from '../rows.ts';
import { FILLING } from './distribution.ts';

/** The kind of distribution for one-hot vectors, including one-hot at +∞. */
const HARDMAX = 3;

/** hardmax, in float64 for every type. */
export const hardmax =
  (memory: Memory): Kernel<'hardmax', WasmBuffer, 'sync'> =>
  (p, inputs) => {
    const y = memory.allocate(p.dtype, inputs.x.length);
    const { zero, nan } = FILLING;
    const solve: SolveRows = (call, at) =>
      call.doubleDistribution(at.x, 0, at.mask, at.y, at.rows, p.n, 0, 0, 1, 0, 0, zero, nan, HARDMAX);
    eachRows(memory, p, inputs, { y }, solve, DOUBLE);
    return { y };
  };
