import { expect, test, vi } from 'vitest';
import { PIXELS } from '../src/digits.ts';
import { readDigits } from '../src/read-digits.ts';
import { split } from '../src/split.ts';

// 21 MB of JSON to read, beside other tests on few cores.
vi.setConfig({ testTimeout: 60_000 });

const count = (labels: Uint8Array): number[] =>
  Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);

test('every digit of the package is there under its own label', () => {
  const { pixels, labels } = readDigits();
  expect(labels.length).toBe(10_000);
  expect(pixels.length).toBe(10_000 * PIXELS);
  expect(count(labels)).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
  expect(pixels.every((pixel) => pixel >= 0 && pixel <= 1)).toBe(true);
});

test('no digit is lost or learnt from and tried on as well', () => {
  const digits = readDigits();
  const { training, unseen } = split(digits, 1);
  expect([training.labels.length, unseen.labels.length]).toEqual([8000, 2000]);
  const [a, b] = [count(training.labels), count(unseen.labels)];
  expect(a.map((amount, digit) => amount + (b[digit] ?? 0))).toEqual(count(digits.labels));
  expect(Math.min(...b)).toBeGreaterThan(100);
});

test('a seed gives one split, another seed another', () => {
  const digits = readDigits();
  const labels = (seed: number) => split(digits, seed).unseen.labels;
  expect(labels(1)).toEqual(labels(1));
  expect(labels(1)).not.toEqual(labels(2));
});
