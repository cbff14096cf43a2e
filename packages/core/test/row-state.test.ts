import { expect, test } from 'vitest';
import { crossEntropy, entropy, logSumExp, rowState, softmax, uniform } from '../src/index.ts';

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

/** A row in parts of uneven length, merged in another order than theirs. */
function sharded(row: ArrayLike<number>, label: number, parts: number) {
  const values = Array.from(row);
  const bounds = Array.from({ length: parts + 1 }, (_, k) =>
    Math.floor((values.length * k * k) / (parts * parts)),
  );
  const states = bounds.slice(1).map((end, k) => {
    const start = bounds[k] as number;
    return rowState.of(values.slice(start, end), start, label);
  });
  return [...states.slice(1), states[0] as (typeof states)[0]].reduce(rowState.merge, rowState.identity);
}

test('a row that is split over shards gives another loss, entropy or argmax than the whole', () => {
  for (let seed = 0; seed < 40; seed++) {
    const offset = [0, 1000, -1e6][seed % 3] as number;
    const n = 2 + (seed % 19);
    const row = Float64Array.from(
      { length: n },
      (_, k) => offset + Math.round(64 * (12 * uniform(seed, 0, k) - 6)) / 64,
    );
    const label = seed % n;
    for (const parts of [1, 2, 5])
      for (const labelSmoothing of [0, 0.1, 1]) {
        const got = rowState.value(sharded(row, label, parts), labelSmoothing);
        const loss = crossEntropy(row, label, { labelSmoothing }).toArray() as number;
        expect(got.crossEntropy).toBeCloseTo(loss, 13);
        expect(got.entropy).toBeCloseTo(entropy(softmax(row)).toArray() as number, 13);
        const lse = logSumExp(row).toArray() as number;
        expect(Math.abs(got.logSumExp - lse)).toBeLessThanOrEqual(2 ** -51 * Math.abs(lse));
        expect(got.argmax).toBe(row.indexOf(Math.max(...row)));
      }
  }
});

// SEMANTICS §11: L = [1, 2, 3], y = 2; L = [1, 5, 0], y = 1; α = 0 and 0.1; computed there in float32.
test.each([
  [[1, 2, 3], 2, 0.40760596, 0.50760596],
  [[1, 5, 0], 1, 0.02474493, 0.32474493],
])('the loss of %j, target %i, in thirds', (row, label, plain, smoothed) => {
  expect(rowState.value(sharded(row, label, 3)).crossEntropy).toBeCloseTo(plain, 6);
  expect(rowState.value(sharded(row, label, 3), 0.1).crossEntropy).toBeCloseTo(smoothed, 6);
});

test('ties over shards: the first class wins, whatever the order of merging', () => {
  const [a, b] = [rowState.of([0, 7], 0), rowState.of([7, 1], 2)];
  expect(rowState.value(rowState.merge(a, b)).argmax).toBe(1);
  expect(rowState.value(rowState.merge(b, a)).argmax).toBe(1);
});

test('a confident loss that is rounded to 0', () => {
  // log1p(e^-40), and the entropy 41·e^-40 to first order; mpmath 1.3.
  const { crossEntropy: loss, entropy: h } = rowState.value(sharded([40, 0], 0, 2));
  expect(loss).toBe(4.248354255291589e-18);
  expect(h).toBeCloseTo(1.7418252446695514e-16, 29);
});

test('impossible classes: 0 to the entropy, +inf to a smoothed loss, a shard of them changes nothing else', () => {
  const state = sharded([-inf, -inf, 0, 0], 2, 4);
  expect(rowState.value(state)).toEqual({
    logSumExp: Math.LN2,
    entropy: Math.LN2,
    argmax: 2,
    crossEntropy: Math.LN2,
  });
  expect(rowState.value(state, 0.1).crossEntropy).toBe(inf);
  expect(rowState.value(sharded([-inf, 0], 0, 2)).crossEntropy).toBe(inf);
});

test.each([
  ['NaN', [0, nan, 1], nan, -1],
  ['+inf', [0, inf, 1], inf, 1],
  ['only −inf', [-inf, -inf, -inf], -inf, -1],
  ['nothing', [], -inf, -1],
])('%s in a shard', (_, row, lse, argmax) => {
  const got = rowState.value(sharded(row, 0, 2));
  expect(got.logSumExp).toEqual(lse);
  expect(got.argmax).toBe(argmax);
  expect(got.entropy).toBeNaN();
  expect(got.crossEntropy).toEqual(row.length ? nan : undefined);
});

test('a difference of maxima that overflows', () => {
  const got = rowState.value(sharded([-1.7e308, 1.7e308], 1, 2));
  expect(got).toEqual({ logSumExp: 1.7e308, entropy: 0, argmax: 1, crossEntropy: 0 });
});

test('smoothing outside [0, 1]', () => {
  for (const a of [-0.1, 1.1, nan])
    expect(() => rowState.value(rowState.identity, a)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
});

test('smoothed losses near overflow, of distances that float64 has not', () => {
  const loss = (row: number[], label: number, a: number) =>
    rowState.value(sharded(row, label, 2), a).crossEntropy;
  expect(loss([1e308, -1e308, -1e308], 0, 0.1)).toBeCloseTo(1e307 * (4 / 3), -294);
  expect(loss([1.7e308, -1.7e308], 0, 0.1)).toBeCloseTo(1.7e307, -294);
  expect(loss([-1e308, 1e308], 0, 0.5)).toBeCloseTo(1.5e308, -294);
});
