import { expect, test } from 'vitest';
import { klDivergence } from '../src/index.ts';

test('a quotient that float64 cannot hold is no infinite divergence', () => {
  expect(klDivergence([1], [5e-324]).toArray()).toBe(-Math.log(5e-324));
  expect(klDivergence([0.5, 0.5], [1, 1e-310]).toArray()).toBeCloseTo(356.2, 1);
});

test('a divergence that is infinite stays so', () => {
  expect(klDivergence([0.5, 0.5], [1, 0]).toArray()).toBe(Number.POSITIVE_INFINITY);
});
