import { expect, test } from 'vitest';
import { gumbel, gumbelNoise, uniform, uniforms } from '../src/lowering/noise.ts';
import { threefry } from '../src/lowering/threefry.ts';

// Random123's kat_vectors, "threefry2x32 20": counter, key, words.
test.each([
  [0, 0, 0, 0, 0x6b200159, 0x99ba4efe],
  [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
  [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xc4923a9c, 0x483df7a0],
])('a generator that only looks like Threefry: counter %i %i', (c0, c1, k0, k1, a, b) => {
  const words = new Uint32Array(2);
  threefry(k0, k1, c0, c1, words);
  expect([...words]).toEqual([a, b]);
});

// An implementation in Python of the documented rule; the Gumbel variates from mpmath 1.3 (200 bits).
test.each([
  [0, 0, 0, 0.41845711171638655, 0.13790565977540323],
  [42, 1, 7, 0.5083654777040513, 0.3907420574269005],
  [-1, 0, 0, 0.25478325884464315, -0.31286875362687444],
  [2n ** 64n - 1n, 0, 0, 0.25478325884464315, -0.31286875362687444],
  [Number.MAX_SAFE_INTEGER, 3, 2 ** 32 - 1, 0.1255166781096232, -0.730113737672969],
  [0x123456789abcdef0n, 2 ** 32 - 1, 5, 0.11092282549691224, -0.7879665969017323],
])(
  'words of the key or the counter in the wrong place: seed %s, stream %i, index %i',
  (seed, stream, index, u, g) => {
    expect(uniform(seed, stream, index)).toBe(u);
    expect(gumbel(seed, stream, index)).toBeCloseTo(g, 14);
  },
);

test('a uniform variate of 0 or 1, or one that is rounded: always an odd multiple of 2^-53', () => {
  const u = uniforms(1);
  for (let i = 0; i < 10000; i++) expect((u(i) * 2 ** 53) % 2).toBe(1);
});

test('one draw repeated for every row, for every stream or for neighbouring seeds', () => {
  const { data } = gumbelNoise([100, 10], { seed: 5 });
  const others = [gumbelNoise(1000, { seed: 5, stream: 1 }), gumbelNoise(1000, { seed: 6 })];
  const all = [...data, ...others.flatMap((o) => [...o.data])];
  expect(new Set(all).size).toBe(3000);
});

test('noise that depends on the shape or the length', () => {
  const flat = gumbelNoise(6, { seed: 9 });
  expect(gumbelNoise([2, 3], { seed: 9 })).toEqual({ ...flat, shape: [2, 3] });
  expect(gumbelNoise(9, { seed: 9 }).data.subarray(0, 6)).toEqual(flat.data);
  expect(gumbelNoise(6, { seed: 9, dtype: 'float32' }).data).toEqual(Float32Array.from(flat.data));
  expect(gumbelNoise([], { seed: 9 }).data[0]).toBe(gumbel(9, 0, 0));
  expect(gumbelNoise([0, 3], { seed: 9 }).data).toHaveLength(0);
});

test('float16 noise given as numbers instead of bits', () => {
  expect([...gumbelNoise(1, { seed: 0, dtype: 'float16' }).data]).toEqual([0x306a]); // 0.1379 = 0x306a
});

const N = 100000;

/** √n·sup|F_n − F|: above 1.95 with probability 0.001 (Kolmogorov's distribution). */
function kolmogorovSmirnov(values: Float64Array, cdf: (x: number) => number): number {
  const sorted = values.slice().sort();
  let worst = 0;
  sorted.forEach((x, k) => {
    worst = Math.max(worst, cdf(x) - k / N, (k + 1) / N - cdf(x));
  });
  return Math.sqrt(N) * worst;
}

test.each([0, 1, 123456789n])('uniform variates are not uniform: seed %s', (seed) => {
  const values = Float64Array.from({ length: N }, (_, i) => uniform(seed, 0, i));
  expect(kolmogorovSmirnov(values, (x) => x)).toBeLessThan(1.95);
  // χ² of the first and of the last eight bits that are drawn; 255 degrees of freedom: (187.2, 335.9) holds 99.9 %.
  for (const byte of [(u: number) => Math.floor(u * 256), (u: number) => Math.floor((u * 2 ** 52) % 256)]) {
    const count = new Float64Array(256);
    for (const u of values) (count[byte(u)] as number)++;
    const chi2 = count.reduce((sum, c) => sum + (c - N / 256) ** 2 / (N / 256), 0);
    expect(chi2).toBeGreaterThan(187.2);
    expect(chi2).toBeLessThan(335.9);
  }
});

test.each([0, 7])('Gumbel noise is not Gumbel: exp(-exp(-x)), mean γ, variance π²/6, seed %i', (seed) => {
  const values = gumbelNoise(N, { seed }).data as Float64Array;
  expect(kolmogorovSmirnov(values, (x) => Math.exp(-Math.exp(-x)))).toBeLessThan(1.95);
  const mean = values.reduce((a, b) => a + b) / N;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / N;
  expect(Math.abs(mean - 0.5772156649)).toBeLessThan(4 * Math.sqrt(1.6449 / N));
  // The fourth central moment of the distribution is 12/5 + 3 times the squared variance.
  expect(Math.abs(variance - 1.6449340668)).toBeLessThan(4 * 1.6449 * Math.sqrt(4.4 / N));
});

test.each([0, 1, 2])('neighbours or neighbouring streams are correlated: seed %i', (seed) => {
  const z = (stream: number, i: number) => (uniform(seed, stream, i) - 0.5) * Math.sqrt(12);
  let [along, across] = [0, 0];
  for (let i = 0; i < N; i++) {
    along += z(0, i) * z(0, i + 1);
    across += z(0, i) * z(1, i);
  }
  expect(Math.abs(along) / Math.sqrt(N)).toBeLessThan(4);
  expect(Math.abs(across) / Math.sqrt(N)).toBeLessThan(4);
});

test.each([
  [() => uniform(0.5, 0, 0)],
  [() => uniform(2 ** 53, 0, 0)],
  [() => uniform(Number.NaN, 0, 0)],
  [() => uniform(2n ** 64n, 0, 0)],
  [() => uniform(-(2n ** 63n) - 1n, 0, 0)],
  [() => uniform(0, -1, 0)],
  [() => uniform(0, 2 ** 32, 0)],
  [() => uniform(0, 0.5, 0)],
  [() => uniform(0, 0, 2 ** 32)],
  [() => uniform('0' as never, 0, 0)],
  [() => gumbelNoise(2, {} as never)],
])('a seed, stream or index that would be wrapped silently: %s', (call) => {
  expect(call).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
});

test.each([-1, 1.5, 2 ** 32 + 1, Number.NaN, [2, -1], 'x' as never])('noise of the shape %s', (shape) => {
  expect(() => gumbelNoise(shape, { seed: 0 })).toThrow(expect.objectContaining({ code: 'INVALID_SHAPE' }));
});

test('noise of integers', () => {
  expect(() => gumbelNoise(2, { seed: 0, dtype: 'int32' as never })).toThrow(
    expect.objectContaining({ code: 'INVALID_DTYPE' }),
  );
});
