import type { Entmax, EntmaxLoss, Kernel, Problem } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows, type Manner, ofRow, type Rows } from '../rows.ts';
import { reduced } from './reduced.ts';

/** Of each value of a row what it is and where it stands. */
const ROOM = 12;

const manner = ({ dtype, n }: Problem): Manner => ({
  dtype: dtype === 'float64' ? dtype : 'float32',
  room: ROOM * n,
});
const isWide = ({ dtype }: Problem): number => Number(dtype === 'float64');

interface Inputs {
  readonly x: WasmBuffer;
  readonly mask?: WasmBuffer | undefined;
}
type EntmaxKernel = Kernel<'sparsemax' | 'entmax15', WasmBuffer, 'sync'>;

function solve(memory: Memory, p: Entmax, inputs: Inputs): { y: WasmBuffer } {
  const y = memory.allocate(p.dtype, inputs.x.length);
  const rows = (at: Rows) =>
    memory.exports.entmax(at.x, at.mask, at.y, at.rows, p.n, isWide(p), p.alpha, at.room);
  eachRows(memory, p, inputs, { y }, rows, manner(p));
  return { y };
}

export const entmax =
  (memory: Memory): Kernel<'entmax', WasmBuffer, 'sync'> =>
  (p, inputs) =>
    solve(memory, p, inputs);

/** Sparsemax (α = 2), or entmax at α = 1.5. */
export const entmaxOf =
  (memory: Memory, alpha: 1.5 | 2): EntmaxKernel =>
  (p, inputs) =>
    solve(memory, { ...p, alpha }, inputs);

/** The vector-Jacobian product of all three. */
export const entmaxGrad =
  (memory: Memory): Kernel<'entmaxGrad', WasmBuffer, 'sync'> =>
  (p, inputs) => {
    const dx = memory.allocate(p.dtype, inputs.x.length);
    const rows = (at: Rows) =>
      memory.exports.entmaxGrad(at.x, at.mask, at.dy, at.y, at.rows, p.n, isWide(p), p.alpha, at.room);
    eachRows(memory, p, inputs, { y: dx }, rows, manner(p));
    return { dx };
  };

interface LossInputs extends Inputs {
  readonly classes: WasmBuffer;
  readonly weights: WasmBuffer;
  readonly dy?: WasmBuffer | undefined;
}

export const entmaxLoss =
  (memory: Memory): Kernel<'entmaxLoss', WasmBuffer, 'sync'> =>
  (p, inputs) => ({ loss: lossOf(memory, p, inputs) });

export const entmaxLossGrad =
  (memory: Memory): Kernel<'entmaxLossGrad', WasmBuffer, 'sync'> =>
  (p, inputs) => {
    const dx = memory.allocate(p.dtype, inputs.x.length);
    return { loss: lossOf(memory, p, inputs, dx), dx };
  };

function lossOf(memory: Memory, p: EntmaxLoss, inputs: LossInputs, dx?: WasmBuffer): WasmBuffer {
  const { x, mask, classes, weights, dy } = inputs;
  const rows = (at: Rows, losses: number) =>
    memory.exports.entmaxLoss(
      at.x,
      at.mask,
      ofRow(classes, at.first),
      ofRow(weights, at.first),
      ofRow(dy, at.first),
      losses + 8 * at.first,
      at.y,
      at.rows,
      p.n,
      p.denominator,
      isWide(p),
      p.alpha,
      at.room,
    );
  return reduced(memory, p, (losses) =>
    eachRows(memory, p, { x, mask }, { y: dx }, (at) => rows(at, losses), manner(p)),
  );
}
