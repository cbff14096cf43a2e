import { conform } from '@softmax/conformance/vitest';
import { describe } from 'vitest';
import { wasm } from '../src/index.ts';

describe('in a page', () => {
  conform(() => wasm(), { quick: true });
});
