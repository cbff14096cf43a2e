import { describe, expect, test } from 'vitest';
import { crossEntropy, expectedCalibrationError, fitTemperature, uniform } from '../src/index.ts';
import { mixed } from './mixed-logits.ts';

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

describe('fitTemperature', () => {
  // Bisection of the slope in mpmath 1.3 (120 bits) on the same formula: T, loss at 1, loss at T.
  test.each([
    [40, 5, 1, 0.538174931298149, 1.243420176845228, 1.1688446678432118],
    [40, 5, 30, 16.14524793894447, 7.423164741768985, 1.1688446678432118],
    [64, 3, 0.01, 0.005894418667848817, 1.0943197873996142, 0.786533592533845],
    [30, 10, 1000, 358.72380728741996, 178.79127919587918, 1.503398423254419],
  ])('a minimum that is missed: %i rows of %i, scale %f', (rows, n, scale, t, before, after) => {
    const { x, y } = mixed(rows, n, scale);
    const fit = fitTemperature(x, y);
    expect(Math.abs(fit.temperature / t - 1)).toBeLessThan(1e-9);
    expect(fit.lossBefore).toBeCloseTo(before, 12);
    expect(fit.lossAfter).toBeCloseTo(after, 12);
    expect(fit).toMatchObject({ bound: undefined, converged: true });
    expect(fit.iterations).toBeLessThan(15);
    const scaled = x.data.map((v) => v / fit.temperature);
    expect(crossEntropy({ data: scaled, shape: x.shape }, y).toArray()).toBeCloseTo(fit.lossAfter, 12);
  });

  test('a search that leaves the bracket or crawls: logits of any scale, seeded', () => {
    for (let seed = 0; seed < 60; seed++) {
      const n = 2 + (seed % 7);
      const scale = 10 ** ((seed % 13) - 6);
      const data = Float64Array.from({ length: 50 * n }, (_, k) => -scale * Math.log(uniform(seed, 0, k)));
      const y = Array.from({ length: 50 }, (_, i) => {
        const row = data.subarray(i * n, i * n + n);
        return uniform(seed, 1, i) < 0.5
          ? row.indexOf(Math.max(...row))
          : Math.floor(n * uniform(seed, 2, i));
      });
      const fit = fitTemperature({ data, shape: [50, n] }, y);
      expect(fit.converged).toBe(true);
      expect(fit.iterations).toBeLessThan(25);
      for (const t of [0.99, 1.01]) {
        const other = data.map((v) => v / (fit.temperature * t));
        const loss = crossEntropy({ data: other, shape: [50, n] }, y).toArray() as number;
        expect(loss).toBeGreaterThanOrEqual(fit.lossAfter);
      }
    }
  });

  test.each([1e-300, 1e-160, 1e160, 2.2e307])('finite logits taken for infinite: 4·%f and 0', (s) => {
    const fit = fitTemperature({ data: [4, 0, 4, 0, 4, 0].map((v) => v * s), shape: [3, 2] }, [0, 0, 1]);
    expect(fit.converged).toBe(true);
    expect(fit.temperature / (4 * s) / (1 / Math.LN2)).toBeCloseTo(1, 12);
    expect(fit.lossAfter).toBeCloseTo(Math.log(3) - (2 / 3) * Math.LN2, 14);
  });

  test('a distance that overflows, in a row that is right or wrong', () => {
    const rest = [1, 2, 1, 2, 2, 1];
    const right = fitTemperature({ data: [1e308, -1e308, ...rest], shape: [4, 2] }, [0, 1, 1, 1]);
    expect(right.temperature).toBeCloseTo(1 / Math.LN2, 9);
    const wrong = fitTemperature({ data: [1e308, -1e308, 0, 1], shape: [2, 2] }, [1, 1]);
    expect(wrong).toMatchObject({ bound: 'high', lossBefore: 1e308, lossAfter: Math.LN2 });
    expect(() => fitTemperature([[0, -inf]], [1])).toThrow('a class with logit −inf');
  });

  test('two of three are right: p = 2/3 = sigmoid(4/T)', () => {
    const fit = fitTemperature(
      [
        [4, 0],
        [4, 0],
        [4, 0],
      ],
      [0, 0, 1],
    );
    expect(fit.temperature).toBeCloseTo(4 / Math.LN2, 9);
    expect(fit.lossAfter).toBeCloseTo(Math.log(3) - (2 / 3) * Math.LN2, 14);
  });

  test('data without a minimum: an answer that pretends to be one', () => {
    const separable = fitTemperature(
      [
        [4, 0, 4],
        [0, 4, -inf],
      ],
      [0, 1],
    );
    expect(separable).toMatchObject({ temperature: 0, bound: 'low', converged: true });
    expect(separable.lossAfter).toBeCloseTo(Math.LN2 / 2, 15);
    const anti = fitTemperature(
      [
        [4, 0],
        [0, 4],
      ],
      [1, 0],
    );
    expect(anti).toMatchObject({ temperature: inf, bound: 'high', lossAfter: Math.LN2 });
    expect(
      fitTemperature(
        [
          [4, 0],
          [0, 4],
        ],
        [0, 1],
        { range: [0.49, 3] },
      ),
    ).toMatchObject({
      temperature: 0.49,
      bound: 'low',
      lossAfter: Math.log1p(Math.exp(-4 / 0.49)),
    });
    expect(
      fitTemperature(
        [
          [4, 0],
          [0, 4],
        ],
        [1, 0],
        { range: [0.1, 49] },
      ),
    ).toMatchObject({
      temperature: 49,
      bound: 'high',
    });
  });

  test('a minimum inside the range, one outside', () => {
    const { x, y } = mixed(40, 5, 30);
    expect(fitTemperature(x, y, { range: [2, 20] }).temperature).toBeCloseTo(16.14524793894447, 8);
    expect(fitTemperature(x, y, { range: [2, 10] })).toMatchObject({ temperature: 10, bound: 'high' });
    expect(fitTemperature(x, y, { range: [20, 30] })).toMatchObject({ temperature: 20, bound: 'low' });
    expect(fitTemperature(x, y, { range: [7, 7] }).temperature).toBe(7);
  });

  test('logits that are all equal: every temperature is as good', () => {
    expect(
      fitTemperature(
        [
          [3, 3],
          [1, 1],
        ],
        [0, 1],
      ),
    ).toMatchObject({ temperature: 1, bound: undefined });
  });

  test('a search that gives up says so', () => {
    const { x, y } = mixed(30, 10, 1000);
    expect(fitTemperature(x, y, { maxIterations: 1 })).toMatchObject({ converged: false, iterations: 1 });
  });

  test('ignored rows, the class axis, float32 and impossible classes', () => {
    const { x, y } = mixed(40, 5, 1);
    const wanted = fitTemperature(x, y).temperature;
    const poisoned = { data: Float64Array.of(...x.data, nan, inf, 0, 0, 0), shape: [41, 5] };
    expect(fitTemperature(poisoned, [...y, -100]).temperature).toBe(wanted);
    expect(fitTemperature(poisoned, [...y, 4], { ignoreIndex: 4 })).toBeDefined();
    const turned = {
      data: x.data.map((_, k) => x.data[(k % 40) * 5 + Math.floor(k / 40)] as number),
      shape: [5, 40],
    };
    expect(fitTemperature(turned, y, { axis: 0 }).temperature).toBeCloseTo(wanted, 12);
    expect(fitTemperature({ data: Float32Array.from(x.data), shape: [40, 5] }, y).temperature).toBeCloseTo(
      wanted,
      6,
    );
    const wide = Float64Array.from({ length: 240 }, (_, k) =>
      k % 6 === 5 ? -inf : (x.data[k - Math.floor(k / 6)] as number),
    );
    expect(fitTemperature({ data: wide, shape: [40, 6] }, y).temperature).toBeCloseTo(wanted, 12);
  });

  test.each([
    [[[1, 2]], [2], {}, 'INVALID_TARGET'],
    [[[1, -inf]], [1], {}, 'INVALID_TARGET'],
    [[[-inf, -inf]], [1], {}, 'INVALID_TARGET'],
    [[[1, 2]], [-100], {}, 'EMPTY'],
    [[[1, nan]], [0], {}, 'INVALID_INPUT'],
    [[[1, inf]], [0], {}, 'INVALID_INPUT'],
    [[[1, 2]], [0, 1], {}, 'INVALID_SHAPE'],
    [[[1, 2]], [0], { axis: 2 }, 'INVALID_AXIS'],
    [[[1, 2]], [0], { axis: [0, 1] }, 'INVALID_AXIS'],
    [[[1, 2]], [0], { range: [2, 1] }, 'INVALID_OPTION'],
    [[[1, 2]], [0], { range: [-1, 1] }, 'INVALID_OPTION'],
    [[[1, 2]], [0], { maxIterations: 0 }, 'INVALID_OPTION'],
    [[[1, 2]], [0], { maxIterations: 1.5 }, 'INVALID_OPTION'],
    [[[1, 2]], [0], { tolerance: nan }, 'INVALID_OPTION'],
    [[[1, 2]], [0], { steps: 3 }, 'INVALID_OPTION'],
  ])('refused: %j, %j, %j', (x, y, options, code) => {
    expect(() => fitTemperature(x, y, options as object)).toThrow(expect.objectContaining({ code }));
  });
});

test('inputs that are changed', () => {
  const { x, y } = mixed(10, 3, 2);
  const before = x.data.slice();
  fitTemperature(x, y);
  expectedCalibrationError(x, y, { logits: true });
  expect(x.data).toEqual(before);
});
