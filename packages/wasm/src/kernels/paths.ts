import type { KernelName, KernelTable, Problem } from '@softmax/core';
import { borrowed } from '../borrowed.ts';
import type { AnyKernel, Memory, WasmBuffer } from '../memory.ts';
import { hierarchicalLoss, hierarchicalLossGrad } from './hierarchical-loss.ts';

/** The kernels of hierarchical softmax for float32; the reference has the other types. */
export function pathKernels(memory: Memory): KernelTable<WasmBuffer, 'sync'> {
  const own: KernelTable<WasmBuffer, 'sync'> = {
    hierarchicalLoss: hierarchicalLoss(memory),
    hierarchicalLossGrad: hierarchicalLossGrad(memory),
  };
  const table = Object.entries(own).map(([name, kernel]) => {
    const either: AnyKernel = (p, inputs) => {
      const run = (p as Problem).dtype === 'float32' ? kernel : borrowed(memory, name as KernelName);
      return (run as AnyKernel)(p, inputs);
    };
    return [name, either];
  });
  return Object.fromEntries(table);
}
