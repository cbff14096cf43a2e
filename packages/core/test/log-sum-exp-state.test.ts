import { expect, test } from 'vitest';
import { combiner, logSumExp, logSumExpCombiner, logSumExpState, rowState, uniform } from '../src/index.ts';

const { identity, push, merge, value } = logSumExpState;
const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
const of = (values: Iterable<number>) => [...values].reduce((state, x) => push(state, x), identity);

test('the identity is not neutral: −inf − −inf is NaN', () => {
  expect(value(identity)).toBe(-inf);
  expect(value(merge(identity, identity))).toBe(-inf);
  expect(value(of([-inf, -inf]))).toBe(-inf);
  const state = of([1, 2, 3]);
  expect(merge(identity, state)).toEqual(state);
  expect(merge(state, identity)).toEqual(state);
  expect(push(state, -inf)).toEqual(state);
});

test.each([
  [[inf], inf],
  [[inf, 0, inf], inf],
  [[-inf, inf], inf],
  [[nan, 0], nan],
  [[0, nan], nan],
  [[nan, inf, nan, 0], nan],
  [[inf, nan], nan],
  [[nan, -inf], nan],
  [[-inf, nan], nan],
])('special values %j give %f, in any grouping', (values, wanted) => {
  expect(value(of(values))).toEqual(wanted);
  for (let cut = 0; cut <= values.length; cut++)
    expect(value(merge(of(values.slice(0, cut)), of(values.slice(cut))))).toEqual(wanted);
});

test('a 1 that swallows small terms', () => {
  // log(e^1e-20 + 1e-20) = 2e-20 (SEMANTICS §4); log1p(e^-40) from mpmath 1.3: 4.248354255291589e-18.
  expect(value(of([1e-20, Math.log(1e-20)]))).toBeCloseTo(2e-20, 33);
  expect(value(of([-40, 0]))).toBe(4.248354255291589e-18);
});

test('an error that grows with the number of terms', () => {
  // One or two terms of e^0 and 2·10⁵ of e^-37, log1p(2e5·e^-37) and log1p(1e5·e^-37): mpmath 1.3.
  expect(value(of([0, ...new Float64Array(200000).fill(-37)]))).toBeCloseTo(1.7066095251342506e-11, 26);
  expect(value(of([0, 0, ...new Float64Array(200000).fill(-37)])) - Math.LN2).toBeCloseTo(
    8.533047625707659e-12,
    15,
  );
});

test('rounding errors that are forgotten when a larger term comes', () => {
  // log(2 + 2e5·e^-37 + e) − log(2 + e), mpmath 1.3.
  const small = new Float64Array(200000).fill(-37);
  expect(value(of([0, 0, ...small, 1])) - value(of([0, 0, 1]))).toBeCloseTo(3.617014810035399e-12, 15);
});

test('overflow of the exponential, and of the difference', () => {
  expect(value(of([1e308, -1e308, 1e308]))).toBe(1e308);
  expect(value(of([-1e308, 1e308]))).toBe(1e308);
  expect(value(of([800, 800]))).toBeCloseTo(800 + Math.LN2, 12);
});

test('merging is associative, commutative and agrees with logSumExp, up to rounding', () => {
  for (let seed = 0; seed < 50; seed++) {
    const x = Float64Array.from({ length: 30 }, (_, k) => 80 * uniform(seed, 0, k) - 40);
    const [a, b, c] = [of(x.subarray(0, 7)), of(x.subarray(7, 11)), of(x.subarray(11))];
    const wanted = logSumExp(x).toArray() as number;
    for (const state of [
      merge(merge(a, b), c),
      merge(a, merge(b, c)),
      merge(c, merge(b, a)),
      of(x),
      of(x.reverse()),
    ])
      expect(Math.abs(value(state) - wanted)).toBeLessThanOrEqual(2 ** -51 * Math.abs(wanted));
  }
});

test('a combiner that mutates its accumulators', () => {
  const { createAccumulator, addInput, mergeAccumulators, extractOutput } = logSumExpCombiner;
  const empty = createAccumulator();
  const [a, b] = [addInput(empty, 0), addInput(empty, 0)];
  expect(extractOutput(mergeAccumulators(new Set([a, b])))).toBe(Math.LN2);
  expect(extractOutput(mergeAccumulators([]))).toBe(-inf);
  expect(extractOutput(a)).toBe(0);
  const row = combiner(rowState);
  const all = [3, 4].map((x, index) =>
    row.addInput(row.createAccumulator(), { x, index, target: index === 0 }),
  );
  expect(row.extractOutput(row.mergeAccumulators(all)).crossEntropy).toBeCloseTo(1.3132616875182228, 15);
});
