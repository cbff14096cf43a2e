import { conform } from '@softmax/conformance/vitest';
import { describe } from 'vitest';
import { onnxWeb } from '../src/web.ts';

describe('onnxruntime-web in a page, with one thread', () => {
  conform(() => onnxWeb({ numThreads: 1 }), { quick: true });
});
