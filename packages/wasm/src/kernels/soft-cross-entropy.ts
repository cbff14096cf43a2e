import type { Kernel, Likelihood } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { DOUBLE, eachRows, ofRow, perRow, type Rows } from '../rows.ts';
import type { Calls } from '../tiles.ts';
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

/** Cross-entropy of target probabilities. */
export const softCrossEntropy =
  (memory: Memory): Loss =>
  (p, inputs) => ({ loss: softly(memory, p, inputs) });

/** Cross-entropy of target probabilities with its gradients. */
export const softCrossEntropyGrad =
  (memory: Memory): LossAndGradients =>
  (p, inputs) => {
    const dx = memory.allocate(p.dtype, inputs.x.length);
    const dt = memory.allocate(p.dtype, inputs.x.length);
    return { loss: softly(memory, p, inputs, dx, dt), dx, dt };
  };

/**
 * The loss of classes or probabilities, with or without smoothing; without `zLoss` x contains
 * log-probabilities.
 */
export function softly(
  memory: Memory,
  p: Likelihood & { readonly zLoss?: number },
  inputs: Inputs,
  dx?: WasmBuffer,
  dt?: WasmBuffer,
): WasmBuffer {
  const { x, target, classes, weights, mask, classWeights, dy } = inputs;
  const wide = p.dtype === 'float64';
  const manner = wide && !dx ? { ...DOUBLE, room: 8 * p.n } : wide ? DOUBLE : {};
  memory.prepare(p.n, 1);
  const rows = (call: Calls, at: Rows, losses: number) =>
    call.softCrossEntropy(
      at.w,
      at.x,
      at.mask,
      at.beside,
      ofRow(classes, at.first),
      ofRow(weights, at.first),
      ofRow(classWeights, 0),
      ofRow(dy, at.first),
      perRow(losses, 8, at.first),
      at.y,
      at.dt,
      at.rows,
      p.n,
      p.smoothing,
      p.zLoss ?? 0,
      p.denominator,
      Number(wide),
      at.room,
      Number(p.zLoss === undefined),
    );
  const tensors = { x, mask, beside: target };
  return reduced(memory, p, (losses) =>
    eachRows(memory, p, tensors, { y: dx, dt }, (call, at) => rows(call, at, losses), manner),
  );
}
