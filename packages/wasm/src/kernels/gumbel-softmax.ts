import type { Gumbel, Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { DOUBLE, eachRows, type SolveRows } from '../rows.ts';
import { FILLING, temperate } from './distribution.ts';

/** Returns true if float32 has enough range for the arithmetic. */
const isSingle = ({ dtype, temperature }: Gumbel, hard: boolean): boolean =>
  dtype !== 'float64' && (hard || temperate(temperature));

/** The kind of distribution for one-hot vectors. */
const HARD = 2;

/**
 * Gumbel-softmax. float32 arithmetic for float32 and float16; float64 arithmetic for float64, and
 * near the limits of T.
 */
export const gumbelSoftmax =
  (memory: Memory): Kernel<'gumbelSoftmax', WasmBuffer, 'sync'> =>
  (p, inputs) => {
    const { n, temperature: t } = p;
    const y = memory.allocate(p.dtype, inputs.x.length);
    const tensors = { ...inputs, beside: inputs.noise };
    if (isSingle(p, p.hard)) {
      memory.prepare(n, p.hard ? 1 : t);
      const solve: SolveRows = (call, at) =>
        call.gumbelSoftmax(at.w, at.x, at.beside, at.mask, at.y, at.rows, n, Number(p.hard));
      eachRows(memory, p, tensors, { y }, solve);
    } else {
      const { zero, nan } = FILLING;
      const kind = p.hard ? HARD : 0;
      const solve: SolveRows = (call, at) =>
        call.doubleDistribution(at.x, at.beside, at.mask, at.y, at.rows, n, 0, 0, t, 0, 0, zero, nan, kind);
      eachRows(memory, p, tensors, { y }, solve, DOUBLE);
    }
    return { y };
  };

/** Its vector–Jacobian product: the gradient of the soft sample. */
export const gumbelSoftmaxGrad =
  (memory: Memory): Kernel<'gumbelSoftmaxGrad', WasmBuffer, 'sync'> =>
  (p, inputs) => {
    const { n, temperature: t } = p;
    const dx = memory.allocate(p.dtype, inputs.x.length);
    const tensors = { ...inputs, beside: inputs.noise };
    if (isSingle(p, false)) {
      memory.prepare(n, t);
      const solve: SolveRows = (call, at) =>
        call.gumbelSoftmaxGrad(at.w, at.x, at.beside, at.mask, at.dy, at.y, at.rows, n);
      eachRows(memory, p, tensors, { y: dx }, solve);
    } else {
      const solve: SolveRows = (call, at) =>
        call.doubleDistributionGrad(at.x, at.beside, at.mask, at.dy, at.y, at.rows, n, 0, 0, t, 0, 0, 0);
      eachRows(memory, p, tensors, { y: dx }, solve, DOUBLE);
    }
    return { dx };
  };
