import { describe, expect, test } from 'vitest';
import { adaptiveLoss, adaptiveSoftmax } from '../src/oracle/adaptive.ts';
import { treeSoftmax } from '../src/oracle/tree.ts';
import { treeLoss } from '../src/oracle/tree-loss.ts';

const fill = (length: number, a: number) => Array.from({ length }, (_, k) => Math.sin(a * (k + 1)));

describe('the oracle of trees', () => {
  const rows = [0, 1, 2, 3, 4, 5, 6];
  const example = {
    h: [1, -2],
    d: 2,
    weight: rows.flatMap((r) => [r - 3, r / 2]),
    bias: rows.map((r) => r / 8),
    tree: [[0, 1], [2, 3, 4], 5],
    dtype: 'float64',
  } as const;

  test('is mpmath at 40 digits, to the bit', () => {
    expect(treeSoftmax(example).values[5]).toBe(Number('0.375756536140188921'));
    expect(treeSoftmax(example).values[0]).toBe(Number('0.019766828880872989'));
    const log = treeSoftmax({ ...example, log: true });
    expect(log.values[0]).toBe(Number('-3.92375005522798058'));
    expect(log.values[5]).toBe(Number('-0.978813855583007217'));
  });

  test('keeps the tail of log σ', () => {
    const tail = { h: [1], d: 1, weight: [40], tree: [0, 1], dtype: 'float64', target: [0] } as const;
    expect(treeLoss(tail).loss.values[0]).toBe(4.248354255291589e-18);
    expect(treeLoss({ ...tail, weight: [-1000] }).loss.values[0]).toBe(1000);
    expect(treeLoss(tail).loss.n).toBe(2);
  });
});

test('the oracle of clusters is PyTorch within its rounding', () => {
  const example = {
    h: fill(16, 0.9),
    d: 4,
    cutoffs: [3, 5],
    head: fill(20, 1.1),
    headBias: fill(5, 0.7),
    tails: [
      { projection: fill(8, 1.3), weight: fill(4, 1.7) },
      { projection: fill(4, 2.1), weight: fill(4, 2.3) },
    ],
    dtype: 'float64',
    log: true,
  } as const;
  const { loss, gradients } = adaptiveLoss({ ...example, target: [1, 3, 8, 5] });
  expect(loss.values[0]).toBeCloseTo(4.7740815589186525, 13);
  // A row is as long as it has classes, however many rows there are.
  expect(loss.n).toBe(9);
  expect(gradients['dh']?.values[0]).toBeCloseTo(0.327609128497816, 13);
  expect(gradients['dtail1']?.values[3]).toBeCloseTo(0.0799891935062252, 13);
  expect(adaptiveSoftmax(example).values[35]).toBeCloseTo(-4.06986809979943, 13);
});
