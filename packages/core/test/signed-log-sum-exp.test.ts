import { expect, test } from 'vitest';
import { logSumExp, logSumExpGrad } from '../src/index.ts';

test('factors whose quotients are no floats cancel exactly', () => {
  const { y, sign } = logSumExp([5, 5, 5], { b: [1, 2, -3], returnSign: true });
  expect([y.toArray(), sign.toArray()]).toEqual([Number.NEGATIVE_INFINITY, 0]);
});

test('wide logits do not blur the gradient of a sum with factors', () => {
  const { dx, db } = logSumExpGrad([100.3, 30.7], 1, { b: [2, 3] });
  const exact = 8.896011150389995e-31;
  expect(Math.abs((dx.data()[1] ?? 0) / exact - 1)).toBeLessThan(2e-15);
  expect(Math.abs((db.data()[1] ?? 0) / (exact / 3) - 1)).toBeLessThan(2e-15);
});
