import { conform } from '@softmax/conformance/vitest';
import { describe, vi } from 'vitest';
import type { Runtime } from './runtimes.ts';

/**
 * Runs the quick plan in every precision of a runtime. A file for each runtime, since files are what workers share.
 * `softmax check` runs the whole plan, which takes minutes in a runtime.
 */
export function conformInEveryPrecision([name, make]: Runtime): void {
  // Each check makes sessions, which takes long on a busy machine.
  vi.setConfig({ testTimeout: 60_000 });
  describe.each(['exact', 'accurate', 'fast'] as const)(`${name} %s`, (precision) => {
    conform(() => make({ precision }), { quick: true, make: () => make({ precision }) });
  });
}
