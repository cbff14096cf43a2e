import { expect, test } from 'vitest';
import { fromFloat16, toFloat16 } from '../src/index.ts';

test('every float16 comes back as itself', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = fromFloat16(bits);
    expect(toFloat16(value)).toBe(Number.isNaN(value) ? 0x7e00 : bits);
  }
});

test('the midpoint of two neighbours goes to the even one, a hair beside it to the nearer', () => {
  for (let bits = 0; bits < 0x7bff; bits++) {
    const [low, high] = [fromFloat16(bits), fromFloat16(bits + 1)];
    const middle = (low + high) / 2;
    expect(toFloat16(middle)).toBe(bits % 2 === 0 ? bits : bits + 1);
    expect(toFloat16(middle * (1 + 2 ** -50))).toBe(bits + 1);
    expect(toFloat16(middle * (1 - 2 ** -50))).toBe(bits);
  }
});

// By way of float32, 1 + 2⁻¹¹ + 2⁻⁴⁰ would first become the midpoint 1 + 2⁻¹¹, and then the even 1.
test('rounding happens once', () => {
  expect(toFloat16(1 + 2 ** -11 + 2 ** -40)).toBe(0x3c01);
});

test('beyond the largest is infinity, halfway included', () => {
  expect([65504, 65519.99, 65520, 1e300, -1e300].map(toFloat16)).toEqual([
    0x7bff, 0x7bff, 0x7c00, 0x7c00, 0xfc00,
  ]);
});
