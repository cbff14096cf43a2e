import { describe, expect, test } from 'vitest';
import { logSumExp, type SoftmaxError, softmax, softmaxGrad } from '../src/index.ts';

/** softmax over `axes` by the definition, for a small tensor given by its shape and flat values. */
function bySums(data: number[], shape: number[], axes: number[]): number[] {
  const index = (flat: number) => {
    let rest = flat;
    return [...shape]
      .reverse()
      .map((d) => {
        const at = rest % d;
        rest = Math.floor(rest / d);
        return at;
      })
      .reverse();
  };
  const group = (flat: number) =>
    index(flat)
      .filter((_, d) => !axes.includes(d))
      .join();
  const sums = new Map<string, number>();
  for (const [k, v] of data.entries()) sums.set(group(k), (sums.get(group(k)) ?? 0) + Math.exp(v));
  return data.map((v, k) => Math.exp(v) / (sums.get(group(k)) as number));
}

const shape = [2, 3, 2, 2];
const data = Array.from({ length: 24 }, (_, k) => Math.sin(k * 12.9898) * 3);

describe('every axis, sign and list of axes means what its definition says', () => {
  for (const axes of [
    [0],
    [1],
    [2],
    [3],
    [0, 1],
    [1, 2],
    [2, 3],
    [0, 2],
    [1, 3],
    [0, 3],
    [0, 2, 3],
    [0, 1, 2, 3],
    [],
  ])
    for (const axis of [axes, axes.map((a) => a - 4), [...axes].reverse()])
      test(`axis ${JSON.stringify(axis)}`, () => {
        const y = softmax({ data, shape }, { axis });
        expect(y.shape).toEqual(shape);
        for (const [k, p] of bySums(data, shape, axes).entries()) expect(y.data()[k]).toBeCloseTo(p, 14);
      });
});

test('null is all axes', () => {
  expect(logSumExp({ data, shape }, { axis: null }).shape).toEqual([]);
});

test('a reduced axis goes, or stays as 1', () => {
  expect(logSumExp({ data, shape }, { axis: [0, 2] }).shape).toEqual([3, 2]);
  expect(logSumExp({ data, shape }, { axis: [0, 2], keepDims: true }).shape).toEqual([1, 3, 1, 2]);
});

test('a scalar is one row of one element', () => {
  for (const axis of [-1, 0, null]) {
    expect(softmax(7, { axis }).toArray()).toBe(1);
    expect(logSumExp(7, { axis }).toArray()).toBe(7);
  }
});

test('an empty axis keeps the shape of softmax, and sums to nothing', () => {
  expect(softmax({ data: [], shape: [2, 0] }).shape).toEqual([2, 0]);
  expect(logSumExp({ data: [], shape: [2, 0] }).toArray()).toEqual([-Infinity, -Infinity]);
  expect(logSumExp({ data: [], shape: [0, 2] }).toArray()).toEqual([]);
});

describe('a wrong axis is refused', () => {
  test.each([4, -5, 0.5, Number.NaN, [[0, 0]], [[0, -4]], '0'])('%j', (axis) => {
    expect(() => softmax({ data, shape }, { axis: axis as number })).toThrow(
      expect.objectContaining({ code: 'INVALID_AXIS' } satisfies Partial<SoftmaxError>),
    );
  });
});

test('one sink is the sink of every row', () => {
  const x = [
    [1, 2, 3],
    [1, 2, 3],
  ];
  expect(softmax(x, { sink: 0 }).toArray()).toEqual(softmax(x, { sink: [0, 0] }).toArray());
});

test('a row with a NaN has a NaN gradient, at temperature 0 too', () => {
  expect(softmaxGrad([Number.NaN, 1], [1, 2], { temperature: 0 }).toArray()).toEqual([
    Number.NaN,
    Number.NaN,
  ]);
  expect(softmaxGrad([0, 1], [1, 2], { temperature: 0 }).toArray()).toEqual([0, 0]);
});

test('a row with a sink is not empty, where empty rows are refused', () => {
  const x = [-Infinity, -Infinity];
  const options = { emptyRow: 'throw' } as const;
  expect(() => softmax(x, options)).toThrow(expect.objectContaining({ code: 'EMPTY' }));
  expect(softmax(x, { ...options, sink: 0 }).toArray()).toEqual([0, 0]);
  expect(() => softmax(x, { ...options, sink: -Infinity })).toThrow(
    expect.objectContaining({ code: 'EMPTY' }),
  );
});
