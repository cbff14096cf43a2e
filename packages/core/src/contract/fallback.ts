import type { Backend, KernelTable, Mode } from './backend.ts';
import type { KernelName } from './kernels.ts';

/**
 * Returns the backend with its missing kernels borrowed from another backend of the same buffer
 * type. `borrowed` lists the borrowed kernels.
 *
 * @example
 * ```ts
 * const mine = { ...cpu(), name: 'mine', kernels: { softmax: cpuKernels.softmax } };
 * withFallback(mine, cpu()).borrowed.includes('logSoftmax'); // true
 * ```
 */
export function withFallback<B, M extends Mode>(
  backend: Backend<B, M>,
  other: Backend<B, M>,
): Backend<B, M> & { readonly borrowed: readonly KernelName[] } {
  const names = Object.keys(other.kernels) as KernelName[];
  const borrowed = names.filter((name) => other.kernels[name] && !backend.kernels[name]);
  const lent: KernelTable<B, M> = Object.fromEntries(borrowed.map((name) => [name, other.kernels[name]]));
  const memory = backend.memory ?? backend;
  return { ...backend, memory, kernels: { ...backend.kernels, ...lent }, borrowed };
}
