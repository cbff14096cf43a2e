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
    gumbelSoftmax: () => backend.kernels.gumbelSoftmax?.({ ...problem, n, hard: false }, { x, noise: x })?.y,
  });
  // The workspace is made by the first call; all that is free after it is filled with sentinels.
  backend.free(call(1, backend.upload(logits(3), 'float32') as never).softmax() as never);
  for (const n of [...Array.from({ length: 40 }, (_, k) => k + 1), 2047, 2049])
    for (const name of ['softmax', 'logSoftmax', 'logSumExp', 'gumbelSoftmax'] as const) {
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

test.each([true, false])(
  'relaxed %s: sparse kernels write their results and their room alone',
  async (wanted) => {
    const { memory } = (await wasm({ relaxed: wanted })) as never as { memory: Memory };
    for (const n of [...Array.from({ length: 40 }, (_, k) => k + 1), 2049])
      for (const half of [0, 1])
        for (const name of ['entmax', 'entmaxGrad'] as const) {
          const all = memory.allocate('bool', 2 ** 17);
          memory.view(all).fill(0xa5);
          memory.free(all);
          const x = memory.upload(logits(3 * n, 0.1), 'float32');
          const y = memory.allocate('float32', 3 * n);
          const room = memory.allocate('float64', n);
          const { entmax, entmaxGrad } = memory.exports;
          const run = {
            entmax: () => entmax(x.ptr, 0, y.ptr, 3, n, half, room.ptr),
            entmaxGrad: () => entmaxGrad(x.ptr, 0, x.ptr, y.ptr, 3, n, half, room.ptr),
          };
          run[name]();
          const bytes = memory.view({ ...all, length: 2 ** 17 }) as Uint8Array;
          for (const buffer of [x, y, room]) {
            const start = buffer.ptr - all.ptr;
            bytes.fill(0xa5, start, start + memory.view(buffer).byteLength);
          }
          expect(
            bytes.findIndex((byte) => byte !== 0xa5),
            `${name}, n = ${n}, half ${half}`,
          ).toBe(-1);
          for (const buffer of [x, y, room]) memory.free(buffer);
        }
  },
);
