import { conform } from '@softmax/conformance/vitest';
import { describe } from 'vitest';
import { wasm } from '../src/index.ts';

describe.each([true, false])('relaxed: %s', (relaxed) => {
  conform(() => wasm({ relaxed }), { quick: !relaxed });
});
