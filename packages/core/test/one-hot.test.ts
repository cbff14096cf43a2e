import { expect, test } from 'vitest';
import { cpu, createSoftmax, oneHot, SoftmaxError } from '../src/index.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const failure = (f: () => unknown): SoftmaxError => {
  try {
    f();
  } catch (error) {
    if (error instanceof SoftmaxError) return error;
  }
  throw new Error('no SoftmaxError');
};

test('oneHot: the new axis goes where it is asked for', () => {
  const classes = [
    [2, 0],
    [1, 1],
  ];
  expect(oneHot(classes, 3).toArray()).toEqual([
    [
      [0, 0, 1],
      [1, 0, 0],
    ],
    [
      [0, 1, 0],
      [0, 1, 0],
    ],
  ]);
  expect(oneHot(classes, 3, { axis: 1 }).toArray()).toEqual([
    [
      [0, 1],
      [0, 0],
      [1, 0],
    ],
    [
      [0, 0],
      [1, 1],
      [0, 0],
    ],
  ]);
  expect(oneHot(classes, 3, { axis: 0 }).toArray()).toEqual(oneHot(classes, 3, { axis: -3 }).toArray());
  expect(oneHot(classes, 3, { axis: 2 }).toArray()).toEqual(oneHot(classes, 3).toArray());
  expect(oneHot(1, 2).toArray()).toEqual([0, 1]);
});

test('oneHot: labels of any array, float types of any width, sizes of 0', () => {
  for (const labels of [
    [1, 0],
    Int32Array.of(1, 0),
    BigInt64Array.of(1n, 0n),
    Float32Array.of(1, 0),
    [true, false],
  ])
    expect(oneHot(labels, 2).toArray()).toEqual([
      [0, 1],
      [1, 0],
    ]);
  for (const dtype of ['float16', 'float32', 'float64'] as const) {
    const y = oneHot([1, 0], 2, { dtype });
    expect([y.dtype, y.toArray()]).toEqual([
      dtype,
      [
        [0, 1],
        [1, 0],
      ],
    ]);
  }
  expect(oneHot([], 4).shape).toEqual([0, 4]);
  expect(oneHot([], 0).shape).toEqual([0, 0]);
});

test('oneHot: a class out of range is refused by its flat index, not wrapped, not a row of zeros', () => {
  for (const bad of [-1, 3, 0.5, nan, 2 ** 32, 3n]) {
    const error = failure(() =>
      oneHot(
        [
          [0, 1],
          [bad, 2],
        ] as number[][],
        3,
      ),
    );
    expect([error.code, error.message]).toEqual([
      'INVALID_TARGET',
      expect.stringContaining(`classes[2]: got ${bad}`),
    ]);
  }
  expect(failure(() => oneHot([0], 0)).code).toBe('INVALID_TARGET');
  for (const depth of [-1, 1.5, nan, inf])
    expect(failure(() => oneHot([0], depth)).code).toBe('INVALID_OPTION');
  for (const axis of [2, -3, 0.5]) expect(failure(() => oneHot([0], 1, { axis })).code).toBe('INVALID_AXIS');
  expect(failure(() => oneHot([0], 1, { dtype: 'int32' as 'float32' })).code).toBe('INVALID_DTYPE');
  expect(failure(() => oneHot([0], 1, { onValue: 2 } as object)).code).toBe('INVALID_OPTION');
});

test('oneHot: classes on a device are checked there too', () => {
  const sm = createSoftmax(cpu());
  const drawn = sm.sample([0, 0, 0], { seed: 1 });
  expect((sm.oneHot(drawn, 3).toArray() as number[]).reduce((a, b) => a + b)).toBe(1);
  const two = sm.sample([-inf, -inf, 0], { seed: 1 });
  expect(failure(() => sm.oneHot(two, 2)).code).toBe('INVALID_TARGET');
  expect(failure(() => sm.oneHot(sm.tensor([0, 1]), 2)).code).toBe('INVALID_DTYPE');
});
