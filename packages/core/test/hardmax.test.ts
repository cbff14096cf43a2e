import { expect, test } from 'vitest';
import { hardmax } from '../src/index.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

test('hardmax: the first of equal maxima, not the last, not all of them', () => {
  expect(
    hardmax([
      [3, 1, 3],
      [-1, -1, -2],
      [0, -0, 0],
    ]).toArray(),
  ).toEqual([
    [1, 0, 0],
    [1, 0, 0],
    [1, 0, 0],
  ]);
  expect(
    hardmax(
      [
        [1, 5],
        [2, 4],
      ],
      { axis: 0 },
    ).toArray(),
  ).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(
    hardmax(
      [
        [1, 5],
        [2, 4],
      ],
      { axis: null },
    ).toArray(),
  ).toEqual([
    [0, 1],
    [0, 0],
  ]);
  expect(hardmax(Int32Array.of(4, 9)).dtype).toBe('float32');
});

test('hardmax: a NaN wherever it stands makes its row NaN, and only its row', () => {
  const rows = [
    [nan, 1],
    [1, nan],
    [1, 2],
  ];
  expect(hardmax(rows).toArray()).toEqual([
    [nan, nan],
    [nan, nan],
    [0, 1],
  ]);
});

test('hardmax: +inf is a maximum, a row of −inf has none, a masked entry is never read', () => {
  expect(
    hardmax([
      [1, inf, inf],
      [-inf, -inf, -inf],
    ]).toArray(),
  ).toEqual([
    [0, 1, 0],
    [nan, nan, nan],
  ]);
  expect(hardmax([nan, inf, -inf, 2, 2], { mask: [0, 0, 1, 1, 1] }).toArray()).toEqual([0, 0, 0, 1, 0]);
  expect(
    hardmax(
      [
        [nan, 1],
        [-inf, -inf],
      ],
      {
        mask: [
          [0, 0],
          [0, 1],
        ],
      },
    ).toArray(),
  ).toEqual([
    [0, 0],
    [0, nan],
  ]);
});

test('hardmax: a scalar and a size of 0', () => {
  expect(hardmax(-5).toArray()).toBe(1);
  expect(hardmax({ data: new Float32Array(0), shape: [2, 0] }).shape).toEqual([2, 0]);
});
