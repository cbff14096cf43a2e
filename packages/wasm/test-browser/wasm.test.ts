import { conform } from '@softmax/conformance/vitest';
import { createSoftmax } from '@softmax/core';
import { describe, expect, test } from 'vitest';
import { wasm } from '../src/index.ts';

describe('in a page', () => {
  conform(() => wasm(), { quick: true });
});

test('two threads of an isolated page give the bits of one', async () => {
  expect(crossOriginIsolated).toBe(true);
  const backend = await wasm({ threads: 2 });
  const [one, two] = [createSoftmax(await wasm()), createSoftmax(backend)];
  for (const [rows, n] of [
    [3, 50_257],
    [64, 2049],
    [1, 300_001],
  ] as const) {
    const x = {
      data: Float32Array.from({ length: rows * n }, (_, k) => 10 * Math.sin(k * k)),
      shape: [rows, n],
    };
    expect(two.softmax(x).data()).toEqual(one.softmax(x).data());
    expect(two.logSumExp(x).data()).toEqual(one.logSumExp(x).data());
  }
  backend.dispose();
});
