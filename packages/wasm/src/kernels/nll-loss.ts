import type { Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { softly } from './soft-cross-entropy.ts';

/** The negative log-likelihood of class indices. */
export const nllLoss =
  (memory: Memory): Kernel<'nllLoss', WasmBuffer, 'sync'> =>
  (p, inputs) => ({ loss: softly(memory, p, inputs) });

export const nllLossGrad =
  (memory: Memory): Kernel<'nllLossGrad', WasmBuffer, 'sync'> =>
  (p, inputs) => {
    const dx = memory.allocate(p.dtype, inputs.x.length);
    return { loss: softly(memory, p, inputs, dx), dx };
  };
