import { describe, expect, test } from 'vitest';
import {
  type Backend,
  cpu,
  createSoftmax,
  gumbelNoise,
  gumbelSoftmax,
  type Host,
  sample,
  sampleWithoutReplacement,
  softmax,
  uniform,
} from '../src/index.ts';

const inf = Number.POSITIVE_INFINITY;
const values = (t: { data(): ArrayLike<number> }) => Array.from(t.data());
const rowsOf = (row: readonly number[], count: number) => ({
  data: Float64Array.from({ length: count * row.length }, (_, k) => row[k % row.length] as number),
  shape: [count, row.length],
});
const DRAWS = 40000;

function chiSquare(observed: ReadonlyMap<string, number>, expected: ReadonlyMap<string, number>): number {
  for (const outcome of observed.keys()) expect([...expected.keys()]).toContain(outcome);
  let sum = 0;
  for (const [outcome, p] of expected) sum += ((observed.get(outcome) ?? 0) - DRAWS * p) ** 2 / (DRAWS * p);
  return sum;
}

function count(outcomes: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}

/** Plackett–Luce: the probability of each ordered choice of k classes, one after the other without replacement. */
function plackettLuce(weights: readonly number[], k: number): Map<string, number> {
  const all = new Map<string, number>();
  const walk = (chosen: number[], p: number) => {
    if (chosen.length === k) return all.set(chosen.join(), p);
    const left = weights.reduce((sum, w, c) => (chosen.includes(c) ? sum : sum + w), 0);
    for (const [c, w] of weights.entries())
      if (w > 0 && !chosen.includes(c)) walk([...chosen, c], (p * w) / left);
    return all;
  };
  return walk([], 1);
}

describe('frequencies are those of the softmax', () => {
  const logits = [0, 1, -inf, -1, 2, 0.5];
  // χ² with 4 degrees of freedom is below 20.0 with probability 0.9995 (scipy.stats.chi2.ppf).
  test.each([
    [0, 1],
    [1, 0.5],
    [2, 3],
  ])('seed %i, temperature %f', (seed, temperature) => {
    const drawn = sample(rowsOf(logits, DRAWS), { seed, temperature });
    const p = values(softmax(logits, { temperature }));
    const expected = new Map([0, 1, 3, 4, 5].map((c) => [String(c), p[c] as number]));
    expect(chiSquare(count(values(drawn).map(String)), expected)).toBeLessThan(20);
  });
});

describe('draws without replacement are not independent, nor sorted by class', () => {
  // Below with probability 0.9995: χ² with 11 degrees of freedom 33.1, with 23 52.0 (scipy.stats.chi2.ppf).
  test.each([
    [2, 33.1],
    [3, 52],
    [4, 52],
  ])('%i of 4 against the enumerated Plackett–Luce probabilities', (k, limit) => {
    const drawn = values(
      sampleWithoutReplacement(rowsOf([0, 1, -1, 0.5], DRAWS), k, { seed: 11, stream: k }),
    );
    const outcomes = Array.from({ length: DRAWS }, (_, row) => drawn.slice(row * k, row * k + k).join());
    const expected = plackettLuce([1, Math.E, 1 / Math.E, Math.exp(0.5)], k);
    expect(chiSquare(count(outcomes), expected)).toBeLessThan(limit);
  });
});

test('the first draw, the single draw and the hard sample disagree', () => {
  const x = { data: Float32Array.from({ length: 60 }, (_, k) => 4 * uniform(5, 0, k)), shape: [3, 4, 5] };
  for (const axis of [0, 1, 2]) {
    const one = sample(x, { seed: 6, axis });
    const first = sampleWithoutReplacement(x, 1, { seed: 6, axis });
    expect(values(first)).toEqual(values(one));
    expect(one.dtype).toBe('int32');
    expect(one.shape).toEqual(x.shape.filter((_, d) => d !== axis));
    expect(first.shape).toEqual(x.shape.map((length, d) => (d === axis ? 1 : length)));
    const hard = values(gumbelSoftmax(x, { seed: 6, axis, hard: true }));
    const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const n = x.shape[axis] as number;
    for (const [row, c] of values(one).entries())
      expect(hard[(Math.floor(row / inner) * n + c) * inner + (row % inner)]).toBe(1);
  }
});

test('the k largest of many, in order, by a full sort', () => {
  const n = 1000;
  const x = Float64Array.from({ length: n }, (_, k) => Math.round(8 * uniform(1, 0, k)));
  for (const noise of [gumbelNoise(n, { seed: 2 }).data, new Float64Array(n), Float64Array.from(x.keys())]) {
    const v = [...x].map((value, k) => value + (noise[k] as number));
    const sorted = [...x.keys()].sort((a, b) => (v[b] as number) - (v[a] as number) || a - b);
    for (const k of [1, 2, 7, 499, 500, 1000])
      expect(values(sampleWithoutReplacement(x, k, { noise }))).toEqual(sorted.slice(0, k));
  }
});

test('temperature 0 takes the largest logit whatever the noise, a mask hides it', () => {
  const noise = [9, 0, -9];
  expect(sample([1, 2, 3], { noise, temperature: 0 }).toArray()).toBe(2);
  expect(sample([1, 2, 3], { noise, temperature: 0, mask: [true, true, false] }).toArray()).toBe(1);
  expect(sample([1, 2, Number.NaN], { noise, mask: [false, true, false] }).toArray()).toBe(1);
});

test('the class axis is replaced in place, also beside others of its length', () => {
  const x = { data: new Float64Array(8), shape: [2, 2, 2] };
  expect(sampleWithoutReplacement(x, 1, { seed: 0, axis: 1 }).shape).toEqual([2, 1, 2]);
  expect(sampleWithoutReplacement(x, 2, { seed: 0, axis: -3 }).shape).toEqual([2, 2, 2]);
  expect(sampleWithoutReplacement(5, 1, { seed: 0 }).shape).toEqual([]);
  expect(sampleWithoutReplacement({ data: [], shape: [0, 3] }, 2, { seed: 0 }).shape).toEqual([0, 2]);
});

describe('what cannot be drawn is refused, not invented', () => {
  const half = (bits: number[]) => ({ data: Uint16Array.from(bits), shape: [bits.length], dtype: 'float16' });
  test.each([
    [
      'k above the support',
      () =>
        sampleWithoutReplacement(
          [
            [1, 2, 3],
            [1, -inf, 2],
          ],
          3,
          { seed: 0 },
        ),
      'INVALID_OPTION',
    ],
    ['k above n', () => sampleWithoutReplacement([1, 2], 3, { seed: 0 }), 'INVALID_OPTION'],
    [
      'k above the mask',
      () => sampleWithoutReplacement([1, 2], 2, { seed: 0, mask: [true, false] }),
      'INVALID_OPTION',
    ],
    ['k = 0', () => sampleWithoutReplacement([1, 2], 0, { seed: 0 }), 'INVALID_OPTION'],
    ['k = 1.5', () => sampleWithoutReplacement([1, 2], 1.5, { seed: 0 }), 'INVALID_OPTION'],
    [
      'all −inf',
      () =>
        sample(
          [
            [1, 2],
            [-inf, -inf],
          ],
          { seed: 0 },
        ),
      'EMPTY',
    ],
    ['all masked', () => sample([1, 2], { seed: 0, mask: [false, false] }), 'EMPTY'],
    ['no class', () => sample({ data: [], shape: [2, 0] }, { seed: 0 }), 'EMPTY'],
    ['NaN', () => sample([1, Number.NaN], { seed: 0 }), 'INVALID_INPUT'],
    ['+inf', () => sample([1, inf], { seed: 0 }), 'INVALID_INPUT'],
    ['float16 NaN', () => sample(half([0x3c00, 0x7e00]), { seed: 0 }), 'INVALID_INPUT'],
    ['float16 −inf', () => sample(half([0xfc00, 0xfc00]), { seed: 0 }), 'EMPTY'],
    ['several axes', () => sample([[1]], { seed: 0, axis: [0, 1] as never }), 'INVALID_AXIS'],
    ['T < 0', () => sample([1], { seed: 0, temperature: -1 }), 'INVALID_OPTION'],
    ['T = ∞', () => sample([1], { seed: 0, temperature: inf }), 'INVALID_OPTION'],
    ['noise that overflows', () => sample([1], { noise: [1e300], temperature: 1e20 }), 'INVALID_OPTION'],
    ['no seed', () => sample([1], {} as never), 'INVALID_OPTION'],
    ['no options', () => sample([1], undefined as never), 'INVALID_OPTION'],
    ['hard', () => sample([1], { seed: 1, hard: true } as never), 'INVALID_OPTION'],
  ])('%s', (_, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });

  test('also where the logits live on a device', async () => {
    const later: Backend<Host, 'async'> = {
      ...cpu(),
      mode: 'async',
      memory: {},
      kernels: { gumbelTopK: async () => ({ classes: new Int32Array(1) }) },
      download: async (buffer) => buffer,
    };
    const sm = createSoftmax(later);
    expect(await (await sm.sample(sm.tensor([1, 2]), { seed: 0 })).toArray()).toBe(0);
    await expect(sm.sample(sm.tensor([-inf, -inf]), { seed: 0 })).rejects.toMatchObject({ code: 'EMPTY' });
  });
});
