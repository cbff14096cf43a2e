import { conform } from '@softmax/conformance/vitest';
import { describe } from 'vitest';
import { wasm } from '../src/index.ts';

describe.each([true, false])('relaxed: %s', (relaxed) => {
  // The quick plan on poisoned memory: the bits of either module depend on it alike.
  conform(() => wasm({ relaxed }), { quick: !relaxed, poison: !relaxed });
});
