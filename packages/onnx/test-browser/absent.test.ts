import { createSoftmax } from '@softmax/core';
import { expect, test } from 'vitest';
import { onnxWeb } from '../src/web.ts';

test('WebNN, which this browser has not, is one typed error, and WebGPU and wasm start after it', async () => {
  const row = Float32Array.of(1, 1);
  const absent = await onnxWeb({ providers: ['webnn'] });
  const error: unknown = await createSoftmax(absent)
    .softmax(row)
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'SoftmaxError', code: 'BACKEND_FAILED', cause: expect.any(Error) });
  for (const providers of [['webgpu'], ['wasm']]) {
    const next = await onnxWeb({ providers, numThreads: 1 });
    const y = await createSoftmax(next).softmax(row);
    expect(await y.data()).toEqual(Float32Array.of(0.5, 0.5));
    await next.dispose();
  }
  await absent.dispose();
});
