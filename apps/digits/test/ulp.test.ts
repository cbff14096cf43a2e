import { expect, test } from 'vitest';
import { largestDifference, largestUlp } from '../src/ulp.ts';

const of = (...values: number[]) => Float32Array.from(values);

test('the numbers between two are counted through zero, and NaN is no number', () => {
  expect(largestUlp(of(1, 2), of(1, 2))).toBe(0);
  expect(largestUlp(of(1), of(1 + 2 ** -23))).toBe(1);
  expect(largestUlp(of(1), of(1 - 2 ** -24))).toBe(1);
  expect(largestUlp(of(2 ** -149), of(-(2 ** -149)))).toBe(2);
  expect(largestUlp(of(0), of(-0))).toBe(0);
  expect(largestUlp(of(Number.NaN), of(Number.NaN))).toBe(0);
  expect(largestUlp(of(Number.NaN), of(1))).toBe(Number.POSITIVE_INFINITY);
});

test('the largest difference is one of size, not of sign', () => {
  expect(largestDifference(of(1, -2), of(1.5, -4))).toBe(2);
});
