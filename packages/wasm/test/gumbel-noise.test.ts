import { gumbelNoise, type SeededNoise } from '@softmax/core';
import { expect, test } from 'vitest';
import { instantiate } from '../src/instance.ts';
import { gumbelNoise as make } from '../src/kernels/gumbel-noise.ts';
import { LENGTHS } from './logits.ts';

const SEEDS = [
  { seed: 0n, key: [0, 0], stream: 0 },
  { seed: -1n, key: [2 ** 32 - 1, 2 ** 32 - 1], stream: 7 },
  { seed: -2n, key: [-2, -1], stream: 1 },
  { seed: 0x123456789abcdef0n, key: [0x9abcdef0, 0x12345678], stream: 2 ** 32 - 1 },
] as const;

const MODULES = [true, false].map((wanted) => [wanted] as const);

test.each(MODULES)(
  'relaxed %s: a logarithm that was fused, or a counter of a neighbour: the bits are those of core',
  async (wanted) => {
    const { memory } = await instantiate(wanted);
    for (const { seed, key, stream } of SEEDS)
      for (const length of [...LENGTHS, 20_000])
        for (const dtype of ['float32', 'float64'] as const) {
          const made = make(memory, { key, stream, length, scale: 1, dtype });
          expect(memory.view(made), `seed ${seed}, n = ${length}`).toEqual(
            gumbelNoise(length, { seed, stream, dtype }).data,
          );
          memory.free(made);
        }
  },
);

test('a product that was rounded before it was narrowed', async () => {
  const { memory } = await instantiate();
  const noise: SeededNoise = { key: [5, 0], stream: 0, length: 999, scale: 0.7, dtype: 'float32' };
  const exact = gumbelNoise(999, { seed: 5 }).data as Float64Array;
  expect(memory.view(make(memory, noise))).toEqual(Float32Array.from(exact, (g) => g * 0.7));
});

test.each(MODULES)('relaxed %s: nothing is written beside the noise', async (wanted) => {
  const { memory } = await instantiate(wanted);
  const all = memory.allocate('bool', 2 ** 16);
  for (const size of [4, 8])
    for (const length of LENGTHS) {
      memory.view(all).fill(0xa5);
      memory.exports.gumbelNoise(1, 0, 0, all.ptr + 64, length, 1, Number(size === 4));
      const bytes = memory.view(all) as Uint8Array;
      const beside = [...bytes.subarray(0, 64), ...bytes.subarray(64 + size * length)];
      expect(new Set(beside), `n = ${length}`).toEqual(new Set([0xa5]));
    }
});
