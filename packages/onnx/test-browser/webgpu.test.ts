import { conform } from '@softmax/conformance/vitest';
import { createSoftmax } from '@softmax/core';
import { describe, expect, test } from 'vitest';
import { onnxWeb } from '../src/web.ts';

const make = () => onnxWeb({ providers: ['webgpu'] });

describe('onnxruntime-web in a page, on WebGPU', () => {
  conform(make, { quick: true, examples: 2, categories: ['special'], ops: ['softmax'] });
});

// Where a product or a sum of probabilities shows what the GPU flushed.
describe('what is below the smallest normal number', () => {
  conform(make, { quick: true, categories: ['accuracy'], ops: ['softmaxGrad', 'crossEntropyGrad'] });
});

test('results outlive the session that gave them, may be freed after their backend, and are not read then', async () => {
  const backend = await onnxWeb({ providers: ['webgpu'], maxSessions: 1 });
  const sm = createSoftmax(backend);
  const y = await sm.softmax(Float32Array.of(0, 0));
  const z = await sm.logSumExp(y);
  expect(await z.data()).toEqual(Float32Array.of(0.5 + Math.LN2));
  z.dispose();
  const read = y.data();
  await backend.dispose();
  expect(await read).toEqual(Float32Array.of(0.5, 0.5));
  await expect(y.data()).rejects.toMatchObject({ code: 'DISPOSED' });
  y.dispose();
});
