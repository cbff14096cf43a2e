import { cpuKernels, type DType, type Host, type Kernel, type KernelName } from '@softmax/core';
import type { AnyKernel, Memory, WasmBuffer } from './memory.ts';

const dtypeOf = (data: Host): DType => {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof Int32Array) return 'int32';
  return data instanceof Uint16Array ? 'float16' : 'bool';
};

/** Runs a kernel of the CPU reference on linear memory, with its inputs in place. */
export function reference(
  memory: Memory,
  name: KernelName,
  problem: object,
  inputs: object,
): [string, Host][] {
  const views = Object.entries(inputs).flatMap(([input, buffer]: [string, WasmBuffer | undefined]) =>
    buffer ? [[input, memory.view(buffer)]] : [],
  );
  return Object.entries((cpuKernels[name] as AnyKernel)(problem, Object.fromEntries(views)));
}

/** Wraps a kernel of the CPU reference for linear memory; its results are copied in. */
export function borrowed<K extends KernelName>(memory: Memory, name: K): Kernel<K, WasmBuffer, 'sync'> {
  const kernel: AnyKernel = (problem, inputs) =>
    Object.fromEntries(
      reference(memory, name, problem, inputs).map(([result, data]) => [
        result,
        memory.upload(data, dtypeOf(data)),
      ]),
    );
  return kernel as Kernel<K, WasmBuffer, 'sync'>;
}
