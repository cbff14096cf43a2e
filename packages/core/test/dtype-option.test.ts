import { describe, expect, test } from 'vitest';
import * as sm from '../src/index.ts';

const code = (value: string) => expect.objectContaining({ name: 'SoftmaxError', code: value });
const half = { dtype: 'float16' } as const;
const double = { dtype: 'float64' } as const;
const ints = Int32Array.of(0, 0);

describe('dtype says what integers become, of every operation with options', () => {
  const calls: readonly (readonly [string, () => sm.Tensor])[] = [
    ['softmax', () => sm.softmax(ints, double)],
    ['softmaxGrad', () => sm.softmaxGrad(ints, ints, double)],
    ['softmin', () => sm.softmin(ints, double)],
    ['logSoftmax', () => sm.logSoftmax(ints, double)],
    ['logSumExp', () => sm.logSumExp(ints, double)],
    ['logMeanExp', () => sm.logMeanExp(ints, double)],
    ['logCumSumExp', () => sm.logCumSumExp(ints, double)],
    ['entropy', () => sm.entropy(ints, double)],
    ['klDivergence', () => sm.klDivergence(ints, ints, double)],
    ['hardmax', () => sm.hardmax(ints, double)],
    ['sparsemax', () => sm.sparsemax(ints, double)],
    ['entmax', () => sm.entmax(ints, double)],
    ['entmax of 1', () => sm.entmax(ints, { ...double, alpha: 1 })],
    ['gumbelSoftmax', () => sm.gumbelSoftmax(ints, { ...double, seed: 0 })],
    ['crossEntropy', () => sm.crossEntropy(ints, 0, double)],
    ['crossEntropyGrad', () => sm.crossEntropyGrad(ints, 0, double).dx],
    ['nllLoss', () => sm.nllLoss(ints, 0, double)],
    ['entmaxLoss', () => sm.entmaxLoss(ints, 0, double)],
    ['sparsemaxLoss', () => sm.sparsemaxLoss(ints, 0, double)],
    ['sparsemaxLossGrad', () => sm.sparsemaxLossGrad(ints, 0, double).dx],
  ];
  test.each(calls)('%s', (_, call) => {
    expect(call().dtype).toBe('float64');
  });
});

test('dtype converts floats too, once and before anything else', () => {
  // 1/2048 is half of the spacing of float16 above 1: x rounds to [1, 1].
  expect(sm.softmax([1, 1 + 2 ** -11], half).toArray()).toEqual([0.5, 0.5]);
  expect(sm.sample([0, -1], { noise: [0, 0], dtype: 'float32' }).toArray()).toBe(0);
});

test('a tensor has its type, and a type that is none is refused', () => {
  const x = sm.createSoftmax(sm.cpu()).tensor([0, 0]);
  expect(sm.softmax(x, double).toArray()).toEqual([0.5, 0.5]);
  expect(() => sm.softmax(x, half)).toThrow(code('INVALID_DTYPE'));
  expect(() => sm.softmax([0, 0], { dtype: 'int32' as never })).toThrow(code('INVALID_DTYPE'));
});
