import { describe, expect, test } from 'vitest';
import {
  crossEntropy,
  crossEntropyGrad,
  logSoftmax,
  logSumExp,
  logSumExpGrad,
  nllLoss,
  softmax,
} from '../src/index.ts';

// float64 results of PyTorch 2.13 (losses) and SciPy 1.17 (log-sum-exp), to the digits given.
const L = [
  [1, 2, 3],
  [1, 5, 0],
  [0.5, -0.25, 2],
];
const y = [2, 1, -100];
const weight = [1, 2, 3];
const near = (got: unknown, wanted: readonly number[], digits = 10) => {
  for (const [k, value] of wanted.entries()) expect((got as number[])[k]).toBeCloseTo(value, digits);
};

describe('cross-entropy', () => {
  const two = L.slice(0, 2);
  const none = { reduction: 'none' } as const;

  test('weights, smoothing and an ignored row together', () => {
    const { loss, dx } = crossEntropyGrad(L, y, { weight, labelSmoothing: 0.1 });
    expect(loss.toArray()).toBeCloseTo(0.399642748766603, 14);
    near((dx.toArray() as number[][])[0], [0.045551065772, 0.128609179878, -0.174160245651]);
    expect((dx.toArray() as number[][])[2]).toEqual([0, 0, 0]);
  });
  test('one loss for each row', () => {
    near(crossEntropy(two, [2, 1], none).toArray(), [0.40760596, 0.02474493], 6);
    near(crossEntropy(two, [2, 1], { ...none, labelSmoothing: 0.1 }).toArray(), [0.50760596, 0.32474493], 6);
    near(crossEntropy(two, [2, 1], { ...none, weight }).toArray(), [1.2228179, 0.0494898], 6);
  });
  test('a mean divides by the weights of the targets, not by the rows', () => {
    expect(crossEntropy(two, [2, 1], { weight }).toArray()).toBeCloseTo(0.2544616, 6);
  });
  test('a mean over probabilities divides by the rows', () => {
    const probabilities = [
      [0, 0, 1],
      [0.2, 0.3, 0.5],
    ];
    near(crossEntropy(two, { probabilities }, { ...none, weight }).toArray(), [1.2228179, 8.3569136], 6);
    expect(crossEntropy(two, { probabilities }, { weight }).toArray()).toBeCloseTo(4.7898655, 6);
  });
  test('the square of the log-sum-exp is added before the mean', () => {
    expect(crossEntropy(two, [2, 1], { zLoss: 0.01 }).toArray()).toBeCloseTo(0.40047462539106715, 14);
  });
  test('the class axis may be any', () => {
    const columns = [
      [1, 1],
      [2, 5],
      [3, 0],
    ];
    expect(crossEntropy(columns, [2, 1], { axis: 0 }).toArray()).toBe(crossEntropy(two, [2, 1]).toArray());
  });
  test('is the negative log-likelihood of the log-softmax', () => {
    const options = { weight, labelSmoothing: 0.1 };
    expect(nllLoss(logSoftmax(L), y, options).toArray()).toBeCloseTo(
      crossEntropy(L, y, options).toArray() as number,
      14,
    );
  });
});

test('a sink takes part in the sum and is dropped', () => {
  near(softmax([1, 2, 3], { sink: 0 }).toArray(), [0.08714431874, 0.23688281809, 0.64391425989]);
});

describe('signed log-sum-exp', () => {
  const b = [1, -1];
  test('a negative sum is NaN, or told by its sign', () => {
    expect(logSumExp([1, 2], { b }).toArray()).toBeNaN();
    const signed = logSumExp([1, 2], { b, returnSign: true });
    expect([signed.y.toArray(), signed.sign.toArray()]).toEqual([1.5413248546129181, -1]);
  });
  test('its gradient', () => {
    near(logSumExpGrad([1, 2], 1, { b, returnSign: true }).dx.toArray(), [-0.58197670687, 1.58197670687]);
  });
  test('exact cancellation is log 0 of sign 0', () => {
    const { y, sign } = logSumExp([1, 1], { b, returnSign: true });
    expect([y.toArray(), sign.toArray()]).toEqual([-Infinity, 0]);
  });
  test('a factor of 0 removes its term, NaN or infinite', () => {
    for (const x of [Number.NaN, Infinity, -Infinity])
      expect(logSumExp([x, 1], { b: [0, 1] }).toArray()).toBe(1);
  });
  test('small sums keep their accuracy', () => {
    // log(e^1e-20 + e^x) with x = log 1e-20 as a double: 2e-20 to the accuracy of x.
    expect((logSumExp([1e-20, Math.log(1e-20)]).toArray() as number) / 2e-20).toBeCloseTo(1, 14);
  });
  test('a tiny factor of a huge exponential does not overflow', () => {
    expect(logSumExp([800, 0], { b: [1e-320, 1] }).toArray()).toBeCloseTo(800 + Math.log(1e-320), 10);
  });
});
