import type { CrossEntropy, Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows } from '../rows.ts';
import { reduced } from './reduced.ts';

interface Inputs {
  readonly x: WasmBuffer;
  readonly target?: WasmBuffer | undefined;
  readonly classes?: WasmBuffer | undefined;
  readonly weights: WasmBuffer;
  readonly mask?: WasmBuffer | undefined;
  readonly classWeights?: WasmBuffer | undefined;
  readonly dy?: WasmBuffer | undefined;
}
type Loss = Kernel<'softCrossEntropy', WasmBuffer, 'sync'>;
type LossAndGradients = Kernel<'softCrossEntropyGrad', WasmBuffer, 'sync'>;

/** Cross-entropy of target probabilities in float32. */
export const softCrossEntropy =
  (memory: Memory, other: Loss): Loss =>
  (p, inputs) =>
    p.dtype === 'float32' ? { loss: softly(memory, p, inputs) } : other(p, inputs);

/** With its gradients, along the last axis. */
export const softCrossEntropyGrad =
  (memory: Memory, other: LossAndGradients): LossAndGradients =>
  (p, inputs) => {
    if (p.dtype !== 'float32' || p.inner !== 1) return other(p, inputs);
    const dx = memory.allocate('float32', inputs.x.length);
    const dt = memory.allocate('float32', inputs.x.length);
    return { loss: softly(memory, p, inputs, dx, dt), dx, dt };
  };

/** The loss of classes or probabilities, smoothed or not; `dt` only where rows are neighbours. */
export function softly(
  memory: Memory,
  p: CrossEntropy,
  inputs: Inputs,
  dx?: WasmBuffer,
  dt?: WasmBuffer,
): WasmBuffer {
  const { x, target, classes, weights, mask, classWeights, dy } = inputs;
  const w = memory.workspace(p.n, 1);
  return reduced(memory, p, (losses) =>
    eachRows(
      memory,
      p,
      { x, mask, beside: target },
      dx,
      (at) =>
        memory.exports.softCrossEntropy(
          w,
          at.x,
          at.mask,
          at.beside,
          classes ? classes.ptr + 4 * at.first : 0,
          weights.ptr + 4 * at.first,
          classWeights?.ptr ?? 0,
          dy ? dy.ptr + 4 * at.first : 0,
          losses + 8 * at.first,
          at.y,
          dt?.ptr ?? 0,
          at.rows,
          p.n,
          p.smoothing,
          p.zLoss,
          p.denominator,
        ),
      dt !== undefined,
    ),
  );
}
