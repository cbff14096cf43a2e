import { expect, test } from 'vitest';
import { add, big, divide, nearest, ONE, subtract } from '../src/oracle/big.ts';
import { crossEntropy } from '../src/oracle/cross-entropy.ts';
import { distribution } from '../src/oracle/distribution.ts';
import { distributionGrad } from '../src/oracle/distribution-grad.ts';
import type { Expected } from '../src/oracle/expected.ts';
import { exp, log1p, tanh } from '../src/oracle/exponential.ts';
import { logSumExp } from '../src/oracle/log-sum-exp.ts';
import { cutRows } from '../src/oracle/rows.ts';
import { crossEntropies, distributions, logSumExps, numbers } from './vectors.ts';

const values = ({ values: found }: Expected): number[] => Array.from(found, (v) => v + 0);

test.each(distributions)('mpmath agrees to the bit: $name', (vector) => {
  const { x, dy, mask, negate = false, softcap, temperature, sink } = vector;
  const example = {
    x: numbers(x),
    shape: [x.length],
    dtype: 'float64',
    ...(mask ? { mask } : {}),
    ...(softcap === undefined ? {} : { softcap }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(sink === undefined ? {} : { sink }),
  } as const;
  for (const op of ['softmax', 'logSoftmax'] as const) {
    expect(values(distribution(example, op, negate))).toEqual(numbers(vector[op]));
    expect(values(distributionGrad(example, numbers(dy), op, negate))).toEqual(numbers(vector[`${op}Grad`]));
  }
});

test.each(logSumExps)('mpmath agrees to the bit on log-sum-exp: $name', ({ x, y }) => {
  const found = logSumExp({ x: numbers(x), shape: [x.length], dtype: 'float64' });
  expect(values(found)).toEqual(numbers([y]));
});

test.each(crossEntropies)('mpmath agrees to the bit on cross-entropy: $name', (vector) => {
  const { x, target, smoothing, z_loss: zLoss, weight, mask, loss, dx } = vector;
  const found = crossEntropy({
    x: numbers(x),
    shape: [1, x.length],
    dtype: 'float64',
    target: [target],
    labelSmoothing: smoothing,
    zLoss,
    reduction: 'sum',
    ...(weight ? { weight } : {}),
    ...(mask ? { mask } : {}),
  });
  expect(values(found.loss)).toEqual(numbers([loss]));
  expect(values(found.dx)).toEqual(numbers(dx));
});

test('exact numbers stay exact, and are rounded to even once', () => {
  const samples = [
    1,
    -3.5,
    0.1,
    2 ** -1074,
    3 * 2 ** -1074,
    Number.MAX_VALUE,
    2 ** -1022,
    1 - 2 ** -53,
    -1e308,
  ];
  for (const v of samples) expect(nearest(big(v))).toBe(v);
  expect(nearest(divide(ONE, big(3)))).toBe(1 / 3);
  expect(nearest({ m: (1n << 54n) + 2n, e: 0 })).toBe(2 ** 54);
  expect(nearest({ m: (1n << 54n) + 6n, e: 0 })).toBe(2 ** 54 + 8);
  expect(nearest({ m: 1n, e: -1075 })).toBe(0);
  expect(nearest({ m: 3n, e: -1076 })).toBe(2 ** -1074);
  expect(nearest({ m: 1n, e: 1024 })).toBe(Number.POSITIVE_INFINITY);
});

test('exponential and logarithm undo each other, and tanh is what it is made of', () => {
  for (const v of [0.001, 0.3, 0.7, 1, 20, 700]) {
    const e = exp(big(v));
    expect(nearest(log1p(subtract(e, ONE)))).toBe(v);
    const square = exp(big(2 * v));
    expect(nearest(tanh(big(v)))).toBe(nearest(divide(subtract(square, ONE), add(square, ONE))));
  }
  for (const tiny of [1e-300, 2 ** -1074]) {
    expect(nearest(log1p(big(tiny)))).toBe(tiny);
    expect(nearest(tanh(big(tiny)))).toBe(tiny);
  }
  expect(nearest(tanh(big(-1000)))).toBe(-1);
});

test('rows are found by coordinates, whichever the axes are', () => {
  expect(cutRows([2, 3], -1).rows).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  expect(cutRows([2, 3], 0).rows).toEqual([
    [0, 3],
    [1, 4],
    [2, 5],
  ]);
  expect(cutRows([2, 2, 2], [0, 2])).toEqual({
    rows: [
      [0, 1, 4, 5],
      [2, 3, 6, 7],
    ],
    reduced: [2],
    n: 4,
  });
  expect(cutRows([2], []).rows).toEqual([[0], [1]]);
  expect(cutRows([], -1)).toEqual({ rows: [[0]], reduced: [], n: 1 });
});
