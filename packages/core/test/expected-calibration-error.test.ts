import { describe, expect, test } from 'vitest';
import { expectedCalibrationError, fitTemperature, softmax } from '../src/index.ts';
import { mixed } from './mixed-logits.ts';

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

describe('expectedCalibrationError', () => {
  // NumPy 2.4 on the same formula: edges by linspace, a bin is (left, right].
  test.each([
    [15, 0.16385033997716658, 0.6296706862001537, [0, 0, 0, 3, 8, 15, 20, 37, 33, 17, 22, 13, 14, 11, 7]],
    [10, 0.15658789976277523, 0.6376723259512691, [0, 0, 8, 18, 35, 55, 30, 22, 17, 15]],
    [1, 0.1565878997627752, 0.1565878997627752, [200]],
  ])('%i bins', (bins, ece, mce, counts) => {
    const { x, y } = mixed(200, 5, 3);
    for (const got of [
      expectedCalibrationError(x, y, { bins, logits: true }),
      expectedCalibrationError({ data: softmax(x).data(), shape: x.shape }, y, { bins }),
    ]) {
      expect(got.ece).toBeCloseTo(ece, 12);
      expect(got.mce).toBeCloseTo(mce, 12);
      expect(got.bins.map((b) => b.count)).toEqual(counts);
    }
  });

  test('an edge belongs to the bin below it, also where the product rounds', () => {
    for (let bins = 2; bins < 100; bins++)
      for (let m = Math.ceil(bins / 2); m <= bins; m++) {
        const got = expectedCalibrationError([[m / bins, 1 - m / bins]], [0], { bins });
        expect(
          got.bins.findIndex((b) => b.count > 0),
          `${m}/${bins}`,
        ).toBe(m - 1);
        if (m === bins) continue;
        const above = expectedCalibrationError([[m / bins + 2 ** -53, 0]], [0], { bins });
        expect(
          above.bins.findIndex((b) => b.count > 0),
          `above ${m}/${bins}`,
        ).toBe(m);
      }
    expect(expectedCalibrationError([[0.5 + 2 ** -53, 0.4]], [0], { bins: 2 }).bins[1]?.count).toBe(1);
    expect(expectedCalibrationError([[0, 0]], [0], { bins: 3 }).bins[0]?.count).toBe(1);
  });

  test('by hand: confidences 0.9, 0.8 right, 0.6 wrong', () => {
    const p = [
      [0.9, 0.1],
      [0.2, 0.8],
      [0.6, 0.4],
      [nan, 2],
    ];
    const got = expectedCalibrationError(p, [0, 1, 1, -100], { bins: 4 });
    expect(got.ece).toBeCloseTo(0.6 / 3 + (2 / 3) * 0.15, 15);
    expect(got.mce).toBeCloseTo(0.6, 15);
    expect(got.bins[0]).toEqual({ confidence: nan, accuracy: nan, count: 0 });
    expect(got.bins[2]).toEqual({ confidence: 0.6, accuracy: 0, count: 1 });
  });

  test('a tie is answered by its first class', () => {
    expect(expectedCalibrationError([[0.4, 0.4]], [0], { bins: 1 }).bins[0]?.accuracy).toBe(1);
    expect(expectedCalibrationError([[0.4, 0.4]], [1], { bins: 1 }).bins[0]?.accuracy).toBe(0);
  });

  test('a temperature that is not applied to the logits', () => {
    const { x, y } = mixed(100, 4, 5);
    const { temperature } = fitTemperature(x, y);
    const wanted = expectedCalibrationError({ data: softmax(x, { temperature }).data(), shape: x.shape }, y);
    expect(expectedCalibrationError(x, y, { logits: true, temperature }).ece).toBeCloseTo(wanted.ece, 12);
    expect(expectedCalibrationError([[1, 5]], [1], { logits: true, temperature: 0 }).ece).toBe(0);
    expect(expectedCalibrationError([[1, 5]], [1], { logits: true, temperature: inf }).ece).toBe(0.5);
  });

  test.each([
    [[[1.5, 0]], [0], {}, 'INVALID_INPUT'],
    [[[0.5, -0.5]], [0], {}, 'INVALID_INPUT'],
    [[[nan, 0.5]], [0], {}, 'INVALID_INPUT'],
    [[[0.5, nan]], [0], { logits: true }, 'INVALID_INPUT'],
    [[[-inf, -inf]], [0], { logits: true }, 'INVALID_INPUT'],
    [[[0.5, 0.5]], [2], {}, 'INVALID_TARGET'],
    [[[0.5, 0.5]], [-100], {}, 'EMPTY'],
    [[[0.5, 0.5]], [0], { bins: 0 }, 'INVALID_OPTION'],
    [[[0.5, 0.5]], [0], { bins: 1.5 }, 'INVALID_OPTION'],
    [[[0.5, 0.5]], [0], { temperature: 2 }, 'INVALID_OPTION'],
    [[[0.5, 0.5]], [0], { logits: true, temperature: -1 }, 'INVALID_OPTION'],
  ])('refused: %j, %j, %j', (x, y, options, code) => {
    expect(() => expectedCalibrationError(x, y, options)).toThrow(expect.objectContaining({ code }));
  });
});
