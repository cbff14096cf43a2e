import type { KernelTable } from '../contract/backend.ts';
import { hostMemory } from '../contract/host-memory.ts';
import type { Host } from '../layout/dtype.ts';
import type * as ops from '../ops/index.ts';
import type { Operation } from './lower.ts';
import type { Method } from './method.ts';
import { runBound } from './run.ts';

/** An operation as a function on the CPU reference. */
export type Bound<K extends keyof typeof ops> = Method<(typeof ops)[K], 'sync'>;

/**
 * Binds an operation to its kernels of the CPU reference, so a bundle contains no other kernels.
 */
export function bind<F>(lower: F, kernels: KernelTable<Host, 'sync'>): Method<F, 'sync'> {
  const backend = { ...hostMemory, kernels };
  return ((...args: unknown[]) => runBound(backend, lower as Operation, args)) as Method<F, 'sync'>;
}
