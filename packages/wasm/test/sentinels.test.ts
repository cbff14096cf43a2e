import type { Backend } from '@softmax/core';
import { expect, test } from 'vitest';
import { wasm } from '../src/index.ts';
import type { Memory } from '../src/memory.ts';
import { logits } from './logits.ts';

test.each([true, false])('relaxed %s: nothing is written beside a result', async (wanted) => {
  const backend: Backend<{ ptr: number; length: number; dtype: 'float32' }, 'sync'> = (await wasm({
    relaxed: wanted,
  })) as never;
  const { memory } = backend as never as { memory: Memory };
  const problem = {
    outer: 3,
    inner: 1,
    dtype: 'float32',
    negate: false,
    softcap: 0,
    temperature: 1,
  } as const;
  const empty = { masked: 'zero', impossible: 'nan' } as const;
  const call = (n: number, x: never) => ({
    softmax: () => backend.kernels.softmax?.({ ...problem, n, empty }, { x })?.y,
    logSoftmax: () => backend.kernels.logSoftmax?.({ ...problem, n, empty, negate: true }, { x })?.y,
    logSumExp: () => backend.kernels.logSumExp?.({ ...problem, n, mean: false }, { x })?.y,
  });
  // The workspace is made by the first call; all that is free after it is filled with sentinels.
  backend.free(call(1, backend.upload(logits(3), 'float32') as never).softmax() as never);
  for (const n of [...Array.from({ length: 40 }, (_, k) => k + 1), 2047, 2049])
    for (const name of ['softmax', 'logSoftmax', 'logSumExp'] as const) {
      const all = memory.allocate('bool', 2 ** 17);
      memory.view(all).fill(0xa5);
      memory.free(all);
      const x = backend.upload(logits(3 * n), 'float32');
      const y = call(n, x as never)[name]() as typeof x;
      const bytes = memory.view({ ...all, length: 2 ** 17 }) as Uint8Array;
      for (const { ptr, length } of [x, y]) bytes.fill(0xa5, ptr - all.ptr, ptr - all.ptr + 4 * length);
      expect(
        bytes.findIndex((byte) => byte !== 0xa5),
        `${name}, n = ${n}`,
      ).toBe(-1);
      for (const buffer of [x, y]) backend.free(buffer);
    }
});
