import { type Backend, cpuKernels, type KernelName, type KernelTable, SoftmaxError } from '@softmax/core';
import { borrowed } from './borrowed.ts';
import { instantiate } from './instance.ts';
import { crossEntropy, crossEntropyGrad } from './kernels/cross-entropy.ts';
import { distribution } from './kernels/distribution.ts';
import { logSumExp } from './kernels/log-sum-exp.ts';
import type { Memory, WasmBuffer } from './memory.ts';

type AnyKernel = (problem: object, inputs: object) => object;

export interface WasmOptions {
  /** The backend's name in errors and reports. Default: `wasm`. */
  readonly name?: string;
  /** Relaxed SIMD (fused multiply-add), or not. Default: where the machine has it. */
  readonly relaxed?: boolean;
}

export interface WasmBackend extends Backend<WasmBuffer, 'sync'> {
  /** Whether it runs relaxed SIMD. */
  readonly relaxed: boolean;
  /** The kernels that are the CPU reference's, on the same memory. */
  readonly borrowed: readonly KernelName[];
  /** The bytes of linear memory that are in use, and all of them. */
  readonly bytes: { readonly used: number; readonly total: number };
}

/**
 * SIMD kernels in WebAssembly: float32 softmax, log-softmax, log-sum-exp and cross-entropy, within a few ulp at any
 * row length; the rest is borrowed from the CPU reference.
 *
 * @throws {SoftmaxError} (rejects with) INVALID_OPTION, or BACKEND_FAILED where there is no WebAssembly SIMD
 * @example
 * ```ts
 * const sm = createSoftmax(await wasm());
 * sm.softmax(new Float32Array([0, 0])).toArray(); // [0.5, 0.5]
 * ```
 */
export async function wasm(options: WasmOptions = {}): Promise<WasmBackend> {
  const { name, relaxed } = checked(options);
  const instance = await instantiate(relaxed);
  const { memory } = instance;
  const own = ownKernels(memory);
  const names = Object.keys(cpuKernels) as KernelName[];
  return {
    spec: 1,
    name,
    mode: 'sync',
    memory,
    dtypes: ['float16', 'float32', 'float64', 'int32', 'bool'],
    kernels: Object.fromEntries(
      names.map((kernel) => [kernel, whole(memory, own[kernel] ?? borrowed(memory, kernel))]),
    ),
    claims: { level: 'S2' },
    relaxed: instance.relaxed,
    borrowed: names.filter((kernel) => !own[kernel]),
    get bytes() {
      return memory.bytes;
    },
    upload: (data, dtype) => memory.upload(data, dtype),
    download: (buffer) => memory.view(buffer).slice(),
    free: (buffer) => memory.free(buffer),
  };
}

/** The same kernel, which leaves nothing allocated where it fails. */
function whole(memory: Memory, kernel: unknown): AnyKernel {
  const run = kernel as AnyKernel;
  return (problem, inputs) => memory.whole(() => run(problem, inputs));
}

function ownKernels(memory: Memory): KernelTable<WasmBuffer, 'sync'> {
  return {
    softmax: distribution(memory, 'softmax', borrowed(memory, 'softmax')),
    logSoftmax: distribution(memory, 'logSoftmax', borrowed(memory, 'logSoftmax')),
    logSumExp: logSumExp(memory, borrowed(memory, 'logSumExp')),
    crossEntropy: crossEntropy(memory, borrowed(memory, 'crossEntropy')),
    crossEntropyGrad: crossEntropyGrad(memory, borrowed(memory, 'crossEntropyGrad')),
  };
}

function checked(options: WasmOptions): { name: string; relaxed: boolean | undefined } {
  const { name = 'wasm', relaxed, ...rest } = options;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new SoftmaxError('INVALID_OPTION', 'option', unknown, 'name, relaxed');
  if (typeof name !== 'string') throw new SoftmaxError('INVALID_OPTION', 'name', name, 'a string');
  if (relaxed !== undefined && typeof relaxed !== 'boolean')
    throw new SoftmaxError('INVALID_OPTION', 'relaxed', relaxed, 'true, false');
  return { name, relaxed };
}
