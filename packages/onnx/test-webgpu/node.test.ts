import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { conform } from '@softmax/conformance/vitest';
import { createSoftmax } from '@softmax/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OrtTensor } from '../src/index.ts';
import { onnxNode } from '../src/node.ts';

const make = () => onnxNode({ providers: ['webgpu'] });

describe('onnxruntime-node, on WebGPU', () => {
  conform(make, { quick: true, ops: ['softmax', 'crossEntropy'] });
});

describe('results', () => {
  /** The operations, and the buffers that were read. */
  async function watched() {
    const backend = await make();
    onTestFinished(() => backend.dispose());
    const read: OrtTensor[] = [];
    const download = (buffer: OrtTensor) => {
      read.push(buffer);
      return backend.download(buffer);
    };
    return { sm: createSoftmax({ ...backend, download }), read, backend };
  }

  test('stay on the device until they are read, also in another shape', async () => {
    const { sm, read } = await watched();
    const y = await sm.softmax({ data: Float32Array.of(0, 0, 0, 0), shape: [2, 2] });
    const z = await sm.logSumExp(y, { axis: null });
    expect(read).toEqual([]);
    expect(await z.data()).toEqual(Float32Array.of(0.5 + Math.log(4)));
    expect(read.map(({ location }) => location)).toEqual(['gpu-buffer']);
  });

  test('of types that WebGPU lacks are on the host', async () => {
    const { sm, read } = await watched();
    const y = await sm.softmax([1, 1]);
    expect(await y.toArray()).toEqual([0.5, 0.5]);
    expect(read.map(({ location }) => location)).toEqual(['cpu']);
  });

  test('outlive the session that gave them, and may be freed after their backend', async () => {
    const backend = await onnxNode({ providers: ['webgpu'], maxSessions: 1 });
    const sm = createSoftmax(backend);
    const y = await sm.softmax(Float32Array.of(0, 0));
    const z = await sm.logSumExp(y);
    expect(await z.data()).toEqual(Float32Array.of(0.5 + Math.LN2));
    z.dispose();
    expect(await y.data()).toEqual(Float32Array.of(0.5, 0.5));
    await backend.dispose();
    y.dispose();
  });

  test('cannot be read when the backend is gone', async () => {
    const { sm, backend } = await watched();
    const y = await sm.softmax(Float32Array.of(1, 1));
    await backend.dispose();
    await expect(y.data()).rejects.toMatchObject({ code: 'DISPOSED' });
    y.dispose();
  });
});

test('in a worker WebGPU is refused: all threads would record into one device, and values came out wrong', async () => {
  const worker = new Worker(new URL('./in-worker.ts', import.meta.url));
  const [told] = await once(worker, 'message');
  expect(told).toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining('the main thread') });
});
