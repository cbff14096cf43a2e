import type { EntmaxLoss, Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows, type Rows } from '../rows.ts';
import { reduced } from './reduced.ts';

const isOwn = ({ dtype, alpha }: { dtype: string; alpha: number }): boolean =>
  dtype !== 'float64' && (alpha === 1.5 || alpha === 2);

/** Candidates in float64, and where a loss has a mask the row. */
const [CANDIDATE, MASKED] = [8, 12];

type EntmaxKernel = Kernel<'sparsemax' | 'entmax15', WasmBuffer, 'sync'>;

/** Sparsemax (α = 2) and entmax at α = 1.5. */
export function entmax(memory: Memory, alpha: 1.5 | 2, other: EntmaxKernel): EntmaxKernel {
  return (p, inputs) => {
    if (p.dtype === 'float64') return other(p, inputs);
    const y = memory.allocate(p.dtype, inputs.x.length);
    const half = Number(alpha === 1.5);
    const solve = (at: Rows) => memory.exports.entmax(at.x, at.mask, at.y, at.rows, p.n, half, at.room);
    eachRows(memory, p, inputs, { y }, solve, { room: CANDIDATE * p.n });
    return { y };
  };
}

type GradientKernel = Kernel<'entmaxGrad', WasmBuffer, 'sync'>;

/** The vector-Jacobian product of both; other α are the reference's. */
export function entmaxGrad(memory: Memory, other: GradientKernel): GradientKernel {
  return (p, inputs) => {
    if (!isOwn(p)) return other(p, inputs);
    const dx = memory.allocate(p.dtype, inputs.x.length);
    const half = Number(p.alpha === 1.5);
    const solve = (at: Rows) =>
      memory.exports.entmaxGrad(at.x, at.mask, at.dy, at.y, at.rows, p.n, half, at.room);
    eachRows(memory, p, inputs, { y: dx }, solve, { room: CANDIDATE * p.n });
    return { dx };
  };
}

interface LossInputs {
  readonly x: WasmBuffer;
  readonly classes: WasmBuffer;
  readonly weights: WasmBuffer;
  readonly mask?: WasmBuffer | undefined;
  readonly dy?: WasmBuffer | undefined;
}
type Loss = Kernel<'entmaxLoss', WasmBuffer, 'sync'>;
type LossAndGradient = Kernel<'entmaxLossGrad', WasmBuffer, 'sync'>;

export const entmaxLoss =
  (memory: Memory, other: Loss): Loss =>
  (p, inputs) =>
    isOwn(p) ? { loss: solve(memory, p, inputs) } : other(p, inputs);

export const entmaxLossGrad =
  (memory: Memory, other: LossAndGradient): LossAndGradient =>
  (p, inputs) => {
    if (!isOwn(p)) return other(p, inputs);
    const dx = memory.allocate(p.dtype, inputs.x.length);
    return { loss: solve(memory, p, inputs, dx), dx };
  };

function solve(memory: Memory, p: EntmaxLoss, inputs: LossInputs, dx?: WasmBuffer): WasmBuffer {
  const { x, mask, classes, weights, dy } = inputs;
  return reduced(memory, p, (losses) =>
    eachRows(
      memory,
      p,
      { x, mask },
      { y: dx },
      (at) =>
        memory.exports.entmaxLoss(
          at.x,
          at.mask,
          classes.ptr + 4 * at.first,
          weights.ptr + 4 * at.first,
          dy ? dy.ptr + 4 * at.first : 0,
          losses + 8 * at.first,
          at.y,
          at.rows,
          p.n,
          p.denominator,
          Number(p.alpha === 1.5),
          at.room,
        ),
      { room: (mask ? MASKED : CANDIDATE) * p.n },
    ),
  );
}
