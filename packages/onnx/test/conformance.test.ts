import { conform } from '@softmax/conformance/vitest';
import { describe, vi } from 'vitest';
import { RUNTIMES } from './runtimes.ts';

// Each check makes sessions, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

// `softmax check` runs the whole plan, which takes minutes in a runtime.
describe.each(RUNTIMES)('%s', (_, make) => {
  describe.each(['exact', 'accurate', 'fast'] as const)('%s', (precision) => {
    conform(() => make({ precision }), { quick: true, make: () => make({ precision }) });
  });
});
