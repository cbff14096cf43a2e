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
    const { entmax, entmaxGrad, entmaxLoss } = memory.exports;
    for (const n of [...Array.from({ length: 20 }, (_, k) => k + 1), 2049])
      for (const [dtype, wide] of [
        ['float32', 0],
        ['float64', 1],
      ] as const)
        for (const alpha of [1.25, 1.5, 2, 3])
          for (const name of ['entmax', 'entmaxGrad', 'entmaxLoss'] as const) {
            const all = memory.allocate('bool', 2 ** 18);
            memory.view(all).fill(0xa5);
            memory.free(all);
            const x = memory.upload(Float64Array.from(logits(3 * n, 0.1)), dtype);
            const y = memory.allocate(dtype, 3 * n);
            const room = memory.allocate('bool', 12 * n);
            const classes = memory.upload(Int32Array.of(0, n - 1, n >> 1), 'int32');
            const weights = memory.upload(Float64Array.of(1, 0, 2), dtype);
            const losses = memory.allocate('float64', 3);
            const of = [classes.ptr, weights.ptr, 0, losses.ptr, y.ptr] as const;
            const run = {
              entmax: () => entmax(x.ptr, 0, y.ptr, 3, n, wide, alpha, room.ptr),
              entmaxGrad: () => entmaxGrad(x.ptr, 0, x.ptr, y.ptr, 3, n, wide, alpha, room.ptr),
              entmaxLoss: () => entmaxLoss(x.ptr, 0, ...of, 3, n, 1, wide, alpha, room.ptr),
            };
            run[name]();
            const bytes = memory.view({ ...all, length: 2 ** 18 }) as Uint8Array;
            const buffers = [x, y, room, classes, weights, losses];
            for (const buffer of buffers) {
              const start = buffer.ptr - all.ptr;
              bytes.fill(0xa5, start, start + memory.view(buffer).byteLength);
            }
            const where = `${name} of ${dtype}, n = ${n}, alpha ${alpha}`;
            expect(
              bytes.findIndex((byte) => byte !== 0xa5),
              where,
            ).toBe(-1);
            for (const buffer of buffers) memory.free(buffer);
          }
  },
);
