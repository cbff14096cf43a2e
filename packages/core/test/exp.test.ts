import { expect, test } from 'vitest';
import { exp } from '../src/cpu/arithmetic/exp.ts';

// Values of mpmath 1.2 at 50 digits, rounded to nearest: float(mp.exp(mp.mpf(s))).
const MPMATH: readonly (readonly [number, number])[] = [
  [0, 1],
  [-1, 0.36787944117144233],
  [-0.5, 0.6065306597126334],
  [-20, 2.061153622438558e-9],
  [-104, 6.813556821545298e-46],
  [-700.5, 5.980196118639791e-305],
  [-708.5, 2.006132305331306e-308],
  [-744.4400719213812, 5e-324],
];

test('within an ulp of the exact value, subnormals included', () => {
  for (const [s, expected] of MPMATH) {
    const ulp = Math.max(2 ** (Math.floor(Math.log2(expected)) - 52), 2 ** -1074);
    expect(Math.abs(exp(s) - expected) / ulp, `exp(${s})`).toBeLessThanOrEqual(1);
  }
});

test('below the smallest subnormal is 0, and NaN stays NaN', () => {
  expect([exp(-746), exp(-1e9), exp(-Infinity), exp(Number.NaN)]).toEqual([0, 0, 0, Number.NaN]);
});

test('the rounding error of the argument is carried along', () => {
  expect(exp(-700, 2 ** -45) / exp(-700) - 1).toBeCloseTo(2 ** -45, 15);
});

test('rises with its argument through every reduction', () => {
  let last = 0;
  for (let s = -745; s <= 0; s += 0.01171875) {
    const e = exp(s);
    expect(e).toBeGreaterThanOrEqual(last);
    last = e;
  }
});
