import {
  type Backend,
  type Claims,
  cpuKernels,
  type FloatType,
  type HostOf,
  type KernelName,
  type KernelTable,
  type Shape,
  SoftmaxError,
  Tensor,
} from '@softmax/core';
import { borrowed } from './borrowed.ts';
import { instantiate } from './instance.ts';
import { crossEntropy, crossEntropyGrad } from './kernels/cross-entropy.ts';
import { distribution, distributionGrad } from './kernels/distribution.ts';
import { entmax, entmaxGrad, entmaxLoss, entmaxLossGrad, entmaxOf } from './kernels/entmax.ts';
import { gumbelNoise } from './kernels/gumbel-noise.ts';
import { gumbelSoftmax, gumbelSoftmaxGrad } from './kernels/gumbel-softmax.ts';
import { gumbelTopK } from './kernels/gumbel-top-k.ts';
import { hardmax } from './kernels/hardmax.ts';
import { logSumExp, logSumExpGrad } from './kernels/log-sum-exp.ts';
import { nllLoss, nllLossGrad } from './kernels/nll-loss.ts';
import { oneHot } from './kernels/one-hot.ts';
import { pathKernels } from './kernels/paths.ts';
import { ranged } from './kernels/ranged.ts';
import { softCrossEntropy, softCrossEntropyGrad } from './kernels/soft-cross-entropy.ts';
import type { AnyKernel, Memory, WasmBuffer } from './memory.ts';
import { checked, type WasmOptions } from './options.ts';

/** The size of x and y together exceeds 32-bit addresses if each has more than 2³¹ bytes. */
const CLAIMS: Claims = {
  level: 'S2',
  deviations: [
    {
      check: 'endurance/softmax/more-than-2-31-*',
      reason: 'linear memory of 32-bit addresses is 4 GiB, and x and y of 2 GiB each are more',
    },
  ],
};

export interface WasmBackend extends Backend<WasmBuffer, 'sync'> {
  /** True if it runs relaxed SIMD. */
  readonly relaxed: boolean;
  /** The number of threads. */
  readonly threads: number;
  /** The kernels borrowed from the CPU reference, on the same memory. */
  readonly borrowed: readonly KernelName[];
  /**
   * Allocates a tensor to be filled in place through `values`; its initial content is arbitrary.
   *
   * @throws {SoftmaxError} INVALID_SHAPE, INVALID_DTYPE; BACKEND_FAILED if memory is exhausted
   */
  empty(shape: readonly number[], dtype?: FloatType): Tensor<'sync'>;
  /**
   * Returns the memory of a tensor of this backend, to read and write without a copy. The array is
   * detached (its length is 0) once memory has grown beyond `reserve`, and belongs to others once
   * its tensor is disposed. Read it again after creating tensors.
   *
   * @throws {SoftmaxError} FOREIGN_TENSOR, DISPOSED
   */
  values(x: Tensor): HostOf[FloatType | 'int32'];
  /** The bytes of linear memory in use, and in total. */
  readonly bytes: { readonly used: number; readonly total: number };
  /** Ends the workers; later calls throw DISPOSED. A backend without workers needs no such call. */
  dispose(): void;
}

/**
 * SIMD kernels in WebAssembly, within a few ulp at any row length. They cover softmax, log-softmax,
 * log-sum-exp, cross-entropy, nllLoss, sparsemax, entmax, hardmax, Gumbel-softmax and draws of
 * every float type, and the losses of hierarchical softmax of float32, with their gradients. Other
 * kernels are borrowed from the CPU reference.
 *
 * @throws {SoftmaxError} (rejects with) INVALID_OPTION, or BACKEND_FAILED without WebAssembly SIMD,
 * shared memory for `threads`, or memory to `reserve`
 * @example
 * ```ts
 * const sm = createSoftmax(await wasm());
 * sm.softmax(new Float32Array([0, 0])).toArray(); // [0.5, 0.5]
 * ```
 */
export async function wasm(options: WasmOptions = {}): Promise<WasmBackend> {
  const { name, relaxed, threads, reserve } = checked(options);
  const instance = await instantiate(relaxed, threads, reserve);
  const { memory, pool } = instance;
  let disposed = false;
  const alive = (): Memory => {
    if (disposed)
      throw new SoftmaxError('DISPOSED', name, 'a backend that was disposed', 'a backend still in use');
    if (pool?.lost)
      throw new SoftmaxError(
        'BACKEND_FAILED',
        name,
        'memory to which a thread may still write',
        'a backend made anew',
      );
    return memory;
  };
  const own = ownKernels(memory);
  const names = Object.keys(cpuKernels) as KernelName[];
  const backend: Omit<WasmBackend, 'bytes'> = {
    spec: 1,
    name,
    mode: 'sync',
    memory,
    dtypes: ['float16', 'float32', 'float64', 'int32', 'bool'],
    kernels: Object.fromEntries(
      names.map((kernel) => [kernel, whole(alive, own[kernel] ?? borrowed(memory, kernel))]),
    ),
    claims: CLAIMS,
    relaxed: instance.relaxed,
    threads,
    borrowed: names.filter((kernel) => !own[kernel]),
    upload: (data, dtype) => alive().upload(data, dtype),
    gumbelNoise: (noise) => gumbelNoise(alive(), noise),
    download: (buffer) => alive().view(buffer).slice(),
    free: (buffer) => memory.free(buffer),
    empty: (shape, dtype = 'float32') => {
      const checked = checkedShape(shape);
      if (!FLOATS.includes(dtype)) throw new SoftmaxError('INVALID_DTYPE', 'dtype', dtype, FLOATS.join(', '));
      const length = checked.reduce((size, d) => size * d, 1);
      return new Tensor<'sync'>(
        backend as Backend<unknown, 'sync'>,
        alive().allocate(dtype, length),
        dtype,
        checked,
      );
    },
    poison: (word) => alive().poison(word),
    values: (x) => alive().view(Tensor.buffer(x, backend)) as HostOf[FloatType | 'int32'],
    dispose: () => {
      disposed = true;
      pool?.end();
    },
  };
  // Outside the literal: V8 turns an object with a getter into a dictionary, and calls of ten
  // numbers took 0.53 µs instead of 0.46.
  return Object.defineProperty(backend, 'bytes', {
    get: () => memory.bytes,
    enumerable: true,
  }) as WasmBackend;
}

const FLOATS: readonly FloatType[] = ['float16', 'float32', 'float64'];
/** The maximum number of axes of a tensor, as in core. */
const MAX_RANK = 64;
/**
 * The maximum product of the nonzero lengths of a shape: each element needs a byte of a 32-bit
 * address space.
 */
const MAX_EXTENT = 2 ** 32;

/** Validates a copy: a getter may change the array. */
function checkedShape(shape: Shape): Shape {
  const rank: unknown = Array.isArray(shape) && shape.length;
  const copy =
    typeof rank === 'number' && rank <= MAX_RANK ? Array.from({ length: rank }, (_, d) => shape[d]) : [-1];
  const extent = copy.reduce<number>((size, d) => size * (d || 1), 1);
  if (copy.every((d) => Number.isInteger(d) && (d as number) >= 0) && extent <= MAX_EXTENT)
    return copy as Shape;
  const allowed = `at most ${MAX_RANK} non-negative integers whose product is at most 2^32, zeros left out`;
  throw new SoftmaxError('INVALID_SHAPE', 'shape', shape, allowed);
}

/** Wraps a kernel so that it leaves nothing allocated after a failure. */
function whole(alive: () => Memory, kernel: unknown): AnyKernel {
  const run = kernel as AnyKernel;
  return (problem, inputs) => alive().run(run, problem, inputs);
}

function ownKernels(memory: Memory): KernelTable<WasmBuffer, 'sync'> {
  return {
    softmax: distribution(memory, 'softmax'),
    logSoftmax: distribution(memory, 'logSoftmax'),
    softmaxGrad: distributionGrad(memory, 'softmaxGrad'),
    logSoftmaxGrad: distributionGrad(memory, 'logSoftmaxGrad'),
    logSumExpGrad: logSumExpGrad(memory),
    logSumExp: logSumExp(memory),
    gumbelSoftmax: gumbelSoftmax(memory),
    gumbelSoftmaxGrad: gumbelSoftmaxGrad(memory),
    gumbelTopK: gumbelTopK(memory),
    hardmax: hardmax(memory),
    oneHot: oneHot(memory),
    sparsemax: entmaxOf(memory, 2),
    entmax15: entmaxOf(memory, 1.5),
    entmax: entmax(memory),
    entmaxGrad: entmaxGrad(memory),
    ...ranged(memory, {
      crossEntropy: crossEntropy(memory),
      crossEntropyGrad: crossEntropyGrad(memory),
      softCrossEntropy: softCrossEntropy(memory),
      softCrossEntropyGrad: softCrossEntropyGrad(memory),
      nllLoss: nllLoss(memory),
      nllLossGrad: nllLossGrad(memory),
      entmaxLoss: entmaxLoss(memory),
      entmaxLossGrad: entmaxLossGrad(memory),
    }),
    ...pathKernels(memory),
  };
}
