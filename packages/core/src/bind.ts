import type { KernelTable } from './backend.ts';
import type { Call } from './call.ts';
import { host } from './cpu/host.ts';
import type { Host } from './dtype.ts';
import type { Method } from './method.ts';
import type * as ops from './ops/index.ts';
import { runWith } from './run.ts';

/** An operation as a one-liner. */
export type Bound<K extends keyof typeof ops> = Method<(typeof ops)[K], 'sync'>;

/** An operation bound to its kernels of the CPU reference: one line to call, and a bundle carries no other operation. */
export function bind<F>(lower: F, kernels: KernelTable<Host, 'sync'>): Method<F, 'sync'> {
  const operation = lower as (...args: unknown[]) => Call;
  return ((...args: unknown[]) => runWith(host, () => operation(...args), kernels)) as Method<F, 'sync'>;
}
