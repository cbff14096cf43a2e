import type { CrossEntropy, Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { DOUBLE, doubles, eachRows, type Rows } from '../rows.ts';
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

/** With its gradients. */
export const softCrossEntropyGrad =
  (memory: Memory): LossAndGradients =>
  (p, inputs) => {
    const dx = memory.allocate(p.dtype, inputs.x.length);
    const dt = memory.allocate(p.dtype, inputs.x.length);
    return { loss: softly(memory, p, inputs, dx, dt), dx, dt };
  };

/** The loss of classes or probabilities, smoothed or not. */
export function softly(
  memory: Memory,
  p: CrossEntropy,
  inputs: Inputs,
  dx?: WasmBuffer,
  dt?: WasmBuffer,
): WasmBuffer {
  if (p.dtype === 'float64') return wide(memory, p, inputs, dx, dt);
  const { x, target, classes, weights, mask, classWeights, dy } = inputs;
  memory.prepare(p.n, 1);
  return reduced(memory, p, (losses) =>
    eachRows(memory, p, { x, mask, beside: target }, { y: dx, dt }, (at) =>
      memory.exports.softCrossEntropy(
        at.w,
        at.x,
        at.mask,
        at.beside,
        classes ? classes.ptr + 4 * at.first : 0,
        weights.ptr + 4 * at.first,
        classWeights?.ptr ?? 0,
        dy ? dy.ptr + 4 * at.first : 0,
        losses + 8 * at.first,
        at.y,
        at.dt,
        at.rows,
        p.n,
        p.smoothing,
        p.zLoss,
        p.denominator,
      ),
    ),
  );
}

/** The same of float64. */
function wide(memory: Memory, p: CrossEntropy, inputs: Inputs, dx?: WasmBuffer, dt?: WasmBuffer): WasmBuffer {
  const { x, target, classes, mask, classWeights } = inputs;
  const [weights, dy] = [doubles(memory, inputs.weights), doubles(memory, inputs.dy)];
  const ofClasses = doubles(memory, classWeights)(0);
  const solve = (losses: number) => (at: Rows) =>
    memory.exports.doubleCrossEntropy(
      at.x,
      at.mask,
      at.beside,
      classes ? classes.ptr + 4 * at.first : 0,
      weights(at.first),
      ofClasses,
      dy(at.first),
      losses + 8 * at.first,
      at.y,
      at.dt,
      at.rows,
      p.n,
      p.smoothing,
      p.zLoss,
      p.denominator,
      at.room,
    );
  return reduced(memory, p, (losses) =>
    eachRows(memory, p, { x, mask, beside: target }, { y: dx, dt }, solve(losses), {
      ...DOUBLE,
      room: 8 * p.n,
    }),
  );
}
