import { conform } from '@softmax/conformance/vitest';
import { describe, vi } from 'vitest';
import { RUNTIMES } from './runtimes.ts';

// Each check makes sessions, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe.each(RUNTIMES)('%s', (_, make) => {
  describe.each(['exact', 'fast'] as const)('%s', (precision) => {
    conform(() => make({ precision }), { examples: 50 });
  });
});
