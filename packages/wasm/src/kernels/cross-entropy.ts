import type { CrossEntropy, Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { BLOCKS, eachRows, ofRow, perRow, type Rows } from '../rows.ts';
import type { Calls } from '../tiles.ts';
import { reduced } from './reduced.ts';
import { softly } from './soft-cross-entropy.ts';

interface Inputs {
  readonly x: WasmBuffer;
  readonly classes: WasmBuffer;
  readonly weights: WasmBuffer;
  readonly mask?: WasmBuffer | undefined;
  readonly classWeights?: WasmBuffer | undefined;
  readonly dy?: WasmBuffer | undefined;
}
type Loss = Kernel<'crossEntropy', WasmBuffer, 'sync'>;
type LossAndGradient = Kernel<'crossEntropyGrad', WasmBuffer, 'sync'>;

/** Cross-entropy of class indices. */
export const crossEntropy =
  (memory: Memory): Loss =>
  (p, inputs) => ({ loss: solve(memory, p, inputs) });

export const crossEntropyGrad =
  (memory: Memory): LossAndGradient =>
  (p, inputs) => {
    const dx = memory.allocate(p.dtype, inputs.x.length);
    return { loss: solve(memory, p, inputs, dx), dx };
  };

function solve(memory: Memory, p: CrossEntropy, inputs: Inputs, dx?: WasmBuffer): WasmBuffer {
  if (p.smoothing !== 0 || p.dtype === 'float64') return softly(memory, p, inputs, dx);
  const { x, classes, weights, mask, classWeights, dy } = inputs;
  memory.prepare(p.n, 1);
  const rows = (call: Calls, at: Rows, losses: number): void =>
    call.crossEntropy(
      at.w,
      at.x,
      at.mask,
      ofRow(classes, at.first),
      ofRow(weights, at.first),
      ofRow(classWeights, 0),
      ofRow(dy, at.first),
      perRow(losses, 8, at.first),
      at.y,
      at.rows,
      p.n,
      p.zLoss,
      p.denominator,
    );
  return reduced(memory, p, (losses) =>
    eachRows(memory, p, { x, mask }, { y: dx }, (call, at) => rows(call, at, losses), BLOCKS),
  );
}
