import { fromFloat16, toFloat16 } from '@softmax/core';
import { expect, test } from 'vitest';
import type { Elementwise, Value } from '../src/model/elementwise.ts';
import { nearestHalf } from '../src/model/half.ts';
import { random } from './random.ts';

const OPERATORS: { readonly [O in Elementwise]?: (a: number, b: number, c: number) => number } = {
  Abs: Math.abs,
  Add: (a, b) => a + b,
  GreaterOrEqual: (a, b) => Number(a >= b),
  Max: Math.max,
  Mul: (a, b) => a * b,
  Sub: (a, b) => a - b,
  Where: (a, b, c) => (a === 1 ? b : c),
};

/** What the nodes compute, on plain numbers. */
const rounded = (value: number) =>
  nearestHalf((op, ...inputs: readonly Value[]) => {
    const [a = 0, b = 0, c = 0] = inputs.map(Number);
    return OPERATORS[op]?.(a, b, c) ?? Number.NaN;
  }, value);

const bits = Array.from({ length: 0x7c00 }, (_, k) => k);

test('every float16 is its own nearest', () => {
  expect(bits.filter((k) => rounded(fromFloat16(k)) !== fromFloat16(k))).toEqual([]);
});

test('a number halfway between two goes to the even one, and beyond it to the nearer: a Cast by way of float32 rounds twice', () => {
  const middles = bits.slice(0, -1).map((k) => ({ k, middle: (fromFloat16(k) + fromFloat16(k + 1)) / 2 }));
  const wrong = middles.filter(
    ({ k, middle }) =>
      rounded(middle) !== fromFloat16(k + (k % 2)) ||
      rounded(middle * (1 + 2 ** -40)) !== fromFloat16(k + 1) ||
      rounded(-middle * (1 - 2 ** -40)) !== -fromFloat16(k),
  );
  expect(wrong).toEqual([]);
});

test('what is nearer to the next power of two than to the largest float16 is infinite', () => {
  expect([65519.99, 65520, -1e300, Number.POSITIVE_INFINITY, Number.NaN].map(rounded)).toEqual([
    65504,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ]);
});

test('anything is rounded as core rounds it', () => {
  const next = random(11);
  const values = Array.from({ length: 10_000 }, () => (next() - 0.5) * 2 ** (40 * next() - 26));
  expect(values.filter((v) => rounded(v) !== fromFloat16(toFloat16(v)))).toEqual([]);
});
