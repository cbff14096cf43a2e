import type { Backend, Kernel } from '../contract/backend.ts';
import { hostMemory } from '../contract/host-memory.ts';
import type { KernelName } from '../contract/kernels.ts';
import type { Host } from '../layout/dtype.ts';
import * as kernels from './kernels.ts';

/** Every kernel of the reference. To borrow one, spread: `{ ...mine, kernels: { ...cpuKernels, softmax } }`. */
export const cpuKernels: { readonly [K in KernelName]: Kernel<K, Host, 'sync'> } = kernels;

/**
 * The CPU reference: plain loops, float64 inside, one rounding at the end; written to be read.
 *
 * @example
 * ```ts
 * createSoftmax(cpu()).softmax([1, 1]).toArray(); // [0.5, 0.5]
 * ```
 */
export const cpu = (): Backend<Host, 'sync'> => ({ ...hostMemory, kernels: cpuKernels });
