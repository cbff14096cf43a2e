import { conform } from '@softmax/conformance/vitest';
import { createSoftmax } from '@softmax/core';
import * as ort from 'onnxruntime-web';
import { describe, expect, test, vi } from 'vitest';
import { onnx } from '../src/index.ts';
import type { Runtime } from '../src/runtime/runtime.ts';

vi.setConfig({ testTimeout: 60_000 });

/** onnxruntime-web that computes on the CPU what it is asked to compute on a GPU. */
const runtime: Runtime = {
  Tensor: ort.Tensor,
  env: ort.env,
  InferenceSession: {
    create: (model) => ort.InferenceSession.create(model, { executionProviders: ['wasm'] }),
  },
};

const make = () => onnx(runtime, { providers: ['webgpu'], name: 'float32' });

describe('graphs of float32 alone', () => {
  // Where nothing flushes subnormals, they are as good as those that have float64 at hand.
  const ops = ['softmax', 'softmin', 'logSoftmax', 'logSoftmaxGrad', 'crossEntropy', 'nllLoss'] as const;
  conform(make, { quick: true, level: 'S2', ops });
  conform(make, { quick: true, ops: ['logSumExp', 'logSumExpGrad'] });
});

test('a device without float64 refuses its values by their code: BACKEND_FAILED tells nobody what to do', async () => {
  const sm = createSoftmax(make());
  await expect(sm.softmax(Float64Array.of(1, 2))).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  await expect(sm.sparsemax(Float32Array.of(1, 2))).rejects.toMatchObject({ code: 'UNSUPPORTED' });
});

test('a device without float64 cannot be exact', () => {
  expect(() => onnx(runtime, { providers: ['webnn'], precision: 'exact' })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining('webnn') }),
  );
});
