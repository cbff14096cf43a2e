import { expect, test } from 'vitest';
import { log } from '../src/lowering/log.ts';

// From mpmath 1.3 with 200 bits, rounded to float64: float(mp.log(mp.mpf(x))).
const VALUES: readonly (readonly [number, number])[] = [
  [2 ** -53, -36.7368005696771],
  [0.5, -Math.LN2],
  [0.7071067811865475, -0.34657359027997275],
  [Math.SQRT1_2, -0.3465735902799726],
  [1 - 2 ** -53, -1.1102230246251565e-16],
  [1 + 2 ** -52, 2.2204460492503128e-16],
  [Math.SQRT2, 0.3465735902799727],
  [3, 1.0986122886681098],
  [36.7368005696771, 3.6037789929704576],
  [1e300, 690.7755278982137],
  [2.2250738585072014e-308, -708.3964185322641],
  [Number.MAX_VALUE, 709.782712893384],
];

test('the logarithm is not off by an ulp at the ends of its reduction, nor near 1', () => {
  for (const [x, y] of VALUES)
    expect(Math.abs(log(x) - y), String(x)).toBeLessThanOrEqual(2 ** -53 * 2 * Math.abs(y));
  expect(log(1)).toBe(0);
});

test('a logarithm that another engine would round differently: these bits are those of the formula', () => {
  // The same steps in Python's float64 (CPython 3.11, x86-64): a checksum of 1000 results.
  let sum = 0n;
  const view = new DataView(new ArrayBuffer(8));
  for (let k = 1; k <= 1000; k++) {
    view.setFloat64(0, log(k / 7));
    sum = BigInt.asUintN(64, sum * 31n + view.getBigUint64(0));
  }
  expect(sum.toString(16)).toBe('3607d37c77cfc6');
});
