import type { Backend, Kernel } from '../contract/backend.ts';
import { hostMemory } from '../contract/host-memory.ts';
import type { KernelName } from '../contract/kernels.ts';
import type { Host } from '../layout/dtype.ts';
import * as kernels from './kernels.ts';

/**
 * All kernels of the reference. Spread them to borrow:
 * `{ ...mine, kernels: { ...cpuKernels, softmax } }`.
 */
export const cpuKernels: { readonly [K in KernelName]: Kernel<K, Host, 'sync'> } = kernels;

/**
 * The CPU reference: plain loops in float64, rounded once at the end, in readable code.
 *
 * @example
 * ```ts
 * createSoftmax(cpu()).softmax([1, 1]).toArray(); // [0.5, 0.5]
 * ```
 */
export const cpu = (): Backend<Host, 'sync'> => ({ ...hostMemory, kernels: cpuKernels });
