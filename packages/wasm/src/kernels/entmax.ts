import { cpuKernels, type Entmax, type EntmaxLoss, type Kernel, type Problem } from '@softmax/core';
import { borrowed } from '../borrowed.ts';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows, type Manner, ofRow, perRow, type Rows, type SolveRows } from '../rows.ts';
import type { Calls } from '../tiles.ts';
import { putRow, rowOf, withDoubts } from './doubts.ts';
import { reduced } from './reduced.ts';

/** The value and the index of each candidate of a row. */
const ROOM = 12;

const manner = ({ dtype, n }: Problem): Manner => ({
  dtype: dtype === 'float64' ? dtype : 'float32',
  room: ROOM * n,
});
const isWide = ({ dtype }: Problem): number => Number(dtype === 'float64');

/**
 * Powers of float64 need double-double, which only the CPU reference has; α = 1.5 and 2 need
 * products alone.
 */
const isBorrowed = ({ dtype, alpha }: Entmax): boolean => dtype === 'float64' && alpha !== 1.5 && alpha !== 2;
/** One row in float64, for the CPU reference. */
const alone = <P extends Problem>(p: P): P => ({ ...p, dtype: 'float64', outer: 1, inner: 1 });

interface Inputs {
  readonly x: WasmBuffer;
  readonly mask?: WasmBuffer | undefined;
}
type EntmaxKernel = Kernel<'sparsemax' | 'entmax15', WasmBuffer, 'sync'>;

/** One row's logits and mask. */
const hostOf = (memory: Memory, { x, mask }: Inputs, p: Problem, row: number) => ({
  x: rowOf(memory, x, p, row) as Float64Array,
  mask: rowOf(memory, mask, p, row),
});

function solve(memory: Memory, p: Entmax, inputs: Inputs): { y: WasmBuffer } {
  const y = memory.allocate(p.dtype, inputs.x.length);
  withDoubts(
    memory,
    p,
    (doubts) => {
      const rows: SolveRows = (call, at) =>
        call.entmax(
          at.x,
          at.mask,
          at.y,
          at.rows,
          p.n,
          isWide(p),
          p.alpha,
          at.room,
          perRow(doubts, 1, at.first),
        );
      eachRows(memory, p, inputs, { y }, rows, manner(p));
    },
    (row) => {
      const solved = cpuKernels.entmax(alone(p), hostOf(memory, inputs, p, row));
      putRow(memory, y, p, row, solved.y);
    },
  );
  return { y };
}

export const entmax = (memory: Memory): Kernel<'entmax', WasmBuffer, 'sync'> => {
  const reference = borrowed(memory, 'entmax');
  return (p, inputs) => (isBorrowed(p) ? reference(p, inputs) : solve(memory, p, inputs));
};

/** Sparsemax (α = 2), or entmax at α = 1.5. */
export const entmaxOf =
  (memory: Memory, alpha: 1.5 | 2): EntmaxKernel =>
  (p, inputs) =>
    solve(memory, { ...p, alpha }, inputs);

/** The vector–Jacobian product of all three. */
export const entmaxGrad = (memory: Memory): Kernel<'entmaxGrad', WasmBuffer, 'sync'> => {
  const reference = borrowed(memory, 'entmaxGrad');
  return (p, inputs) => {
    if (isBorrowed(p)) return reference(p, inputs);
    const dx = memory.allocate(p.dtype, inputs.x.length);
    withDoubts(
      memory,
      p,
      (doubts) => {
        const rows: SolveRows = (call, at) =>
          call.entmaxGrad(
            at.x,
            at.mask,
            at.dy,
            at.y,
            at.rows,
            p.n,
            isWide(p),
            p.alpha,
            at.room,
            perRow(doubts, 1, at.first),
          );
        eachRows(memory, p, inputs, { y: dx }, rows, manner(p));
      },
      (row) => {
        const dy = rowOf(memory, inputs.dy, p, row) as Float64Array;
        const solved = cpuKernels.entmaxGrad(alone(p), { ...hostOf(memory, inputs, p, row), dy });
        putRow(memory, dx, p, row, solved.dx);
      },
    );
    return { dx };
  };
};

interface LossInputs extends Inputs {
  readonly classes: WasmBuffer;
  readonly weights: WasmBuffer;
  readonly dy?: WasmBuffer | undefined;
}

export const entmaxLoss = (memory: Memory): Kernel<'entmaxLoss', WasmBuffer, 'sync'> => {
  const reference = borrowed(memory, 'entmaxLoss');
  return (p, inputs) => (isBorrowed(p) ? reference(p, inputs) : { loss: lossOf(memory, p, inputs) });
};

export const entmaxLossGrad = (memory: Memory): Kernel<'entmaxLossGrad', WasmBuffer, 'sync'> => {
  const reference = borrowed(memory, 'entmaxLossGrad');
  return (p, inputs) => {
    if (isBorrowed(p)) return reference(p, inputs);
    const dx = memory.allocate(p.dtype, inputs.x.length);
    return { loss: lossOf(memory, p, inputs, dx), dx };
  };
};

function lossOf(memory: Memory, p: EntmaxLoss, inputs: LossInputs, dx?: WasmBuffer): WasmBuffer {
  const { x, mask, classes, weights, dy } = inputs;
  const rows = (call: Calls, at: Rows, losses: number, doubts: number) =>
    call.entmaxLoss(
      at.x,
      at.mask,
      ofRow(classes, at.first),
      ofRow(weights, at.first),
      ofRow(dy, at.first),
      perRow(losses, 8, at.first),
      at.y,
      at.rows,
      p.n,
      p.denominator,
      isWide(p),
      p.alpha,
      at.room,
      perRow(doubts, 1, at.first),
    );
  return reduced(memory, p, (losses, values) =>
    withDoubts(
      memory,
      p,
      (doubts) =>
        eachRows(memory, p, { x, mask }, { y: dx }, (call, at) => rows(call, at, losses, doubts), manner(p)),
      (row) => {
        const own = (buffer: WasmBuffer) => Float64Array.of(memory.view(buffer)[row] as number);
        const solved = cpuKernels.entmaxLossGrad(alone({ ...p, sum: false }), {
          ...hostOf(memory, inputs, p, row),
          classes: Int32Array.from(own(classes)),
          weights: own(weights),
          dy: dy && own(dy),
        });
        memory.view(values)[row] = solved.loss[0] as number;
        if (dx) putRow(memory, dx, p, row, solved.dx);
      },
    ),
  );
}
