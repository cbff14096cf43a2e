import { expect, test } from 'vitest';
import { LENGTHS, logits, MODULES, reference } from './logits.ts';

const sorted = (x: Float32Array, noise: Float32Array, k: number): number[] =>
  Array.from(x, (_, c) => c)
    .sort(
      (a, b) => (x[b] as number) + (noise[b] as number) - (x[a] as number) - (noise[a] as number) || a - b,
    )
    .slice(0, k);

test.each(MODULES)(
  '%s: the k largest of every tail are those of a whole sort, ties in their order',
  (_, sm) => {
    for (const n of LENGTHS)
      for (const k of new Set([1, Math.ceil(n / 3), n])) {
        const [x, noise] = [logits(n).map(Math.round), logits(n, 3, 0.2).map(Math.round)];
        const drawn = sm.sampleWithoutReplacement(x, k, { noise }).data();
        expect([...(drawn as Int32Array)], `n = ${n}, k = ${k}`).toEqual(sorted(x, noise, k));
      }
  },
);

test.each(MODULES)('%s: draws along columns, under a mask, are those of the reference', (_, sm) => {
  const shape = [33, 18];
  const x = { data: logits(33 * 18), shape };
  const mask = { data: Uint8Array.from(x.data, (__, c) => Number(c % 5 !== 1)), shape };
  for (const axis of [0, 1])
    for (const k of [1, 4]) {
      const options = { axis, mask, seed: 5 };
      expect(sm.sampleWithoutReplacement(x, k, options).data()).toEqual(
        reference.sampleWithoutReplacement(x, k, options).data(),
      );
    }
});
