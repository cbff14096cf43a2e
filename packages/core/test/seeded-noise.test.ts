import { expect, test } from 'vitest';
import { cpu, createSoftmax, gumbelNoise, type SeededNoise } from '../src/index.ts';

const device = (seen: SeededNoise[]) => ({
  ...cpu(),
  gumbelNoise: (noise: SeededNoise) => {
    seen.push(noise);
    return new Float64Array(noise.length).fill(0);
  },
});

test('noise that is made and uploaded though the backend makes its own', () => {
  const seen: SeededNoise[] = [];
  const sm = createSoftmax(device(seen));
  const x = { data: Float64Array.of(1, 3, 2, 0), shape: [2, 2] };
  expect(sm.sample(x, { seed: 2n ** 64n - 2n, stream: 3, temperature: 2 }).toArray()).toEqual([1, 0]);
  expect(seen).toEqual([
    { key: [2 ** 32 - 2, 2 ** 32 - 1], stream: 3, length: 4, scale: 2, dtype: 'float64' },
  ]);
});

test('noise that was given, replaced by that of a seed', () => {
  const seen: SeededNoise[] = [];
  const sm = createSoftmax(device(seen));
  const x = { data: new Float64Array(6), shape: [3, 2] };
  const noise = gumbelNoise([3, 2], { seed: 1 });
  const expected = createSoftmax(cpu()).gumbelSoftmax(x, { noise, axis: 0 }).toArray();
  expect(sm.gumbelSoftmax(x, { noise, axis: 0 }).toArray()).toEqual(expected);
  expect(seen).toEqual([]);
});

test('a wrong seed or stream is refused before the backend is asked', () => {
  const seen: SeededNoise[] = [];
  const { sample } = createSoftmax(device(seen));
  const refused = expect.objectContaining({ code: 'INVALID_OPTION' });
  expect(() => sample([0, 1], { seed: 0.5 })).toThrow(refused);
  expect(() => sample([0, 1], { seed: 1, stream: -1 })).toThrow(refused);
  expect(seen).toEqual([]);
});
