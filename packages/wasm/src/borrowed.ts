import { cpuKernels, type DType, type Host, type Kernel, type KernelName } from '@softmax/core';
import type { AnyKernel, Memory, WasmBuffer } from './memory.ts';

const dtypeOf = (data: Host): DType => {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof Int32Array) return 'int32';
  return data instanceof Uint16Array ? 'float16' : 'bool';
};

/** A kernel of the CPU reference on linear memory: it reads its inputs where they are, and its results are copied in. */
export function borrowed<K extends KernelName>(memory: Memory, name: K): Kernel<K, WasmBuffer, 'sync'> {
  const kernel = cpuKernels[name] as AnyKernel;
  const onViews: AnyKernel = (problem, inputs) => {
    const views = Object.entries(inputs).flatMap(([input, buffer]: [string, WasmBuffer | undefined]) =>
      buffer ? [[input, memory.view(buffer)]] : [],
    );
    const results = Object.entries(kernel(problem, Object.fromEntries(views))) as [string, Host][];
    return Object.fromEntries(results.map(([result, data]) => [result, memory.upload(data, dtypeOf(data))]));
  };
  return onViews as Kernel<K, WasmBuffer, 'sync'>;
}
