import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { createSoftmax } from '@softmax/core';
import { wasm } from '@softmax/wasm';

const P = [0.09003057317038046, 0.24472847105479764, 0.6652409557748218];

/** Probabilities on a backend that was made in this thread. */
async function probabilities(options) {
  const backend = await wasm(options);
  const p = createSoftmax(backend)
    .softmax(new Float32Array([1000, 1001, 1002]))
    .toArray();
  await backend.dispose?.();
  return p;
}

const near = (got) => got.every((p, k) => Math.abs(p - P[k]) < 1e-6);

if (isMainThread) {
  assert.deepEqual(readdirSync('node_modules/@softmax').sort(), ['core', 'wasm']);
  assert.ok(near(await probabilities()));
  assert.ok(near(await probabilities({ relaxed: false })));
  const [inWorker] = await once(new Worker(new URL(import.meta.url)), 'message');
  assert.ok(near(inWorker));
} else parentPort.postMessage(await probabilities());
