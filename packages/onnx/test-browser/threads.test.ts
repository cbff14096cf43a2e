import { conform } from '@softmax/conformance/vitest';
import { describe, expect, test } from 'vitest';
import { onnxWeb } from '../src/web.ts';

test('the page may have threads', () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
});

describe('onnxruntime-web in a page, with two threads', () => {
  conform(() => onnxWeb({ numThreads: 2 }), { quick: true, ops: ['softmax', 'logSumExp'] });
});
