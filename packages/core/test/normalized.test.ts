import { describe, expect, test } from 'vitest';
import { cpu, createSoftmax, crossEntropy, crossEntropyGrad } from '../src/index.ts';
import { device } from './device.ts';

const refused = (given: string) => expect.objectContaining({ code: 'INVALID_TARGET', given });
const x = [
  [1, 2, 3],
  [3, 2, 1],
];
const good = [
  [0.2, 0.3, 0.5],
  [0, 1, 0],
];

test('rows that sum to 1, as far as float16 can, are what they were', () => {
  const plain = crossEntropy(x, { probabilities: good }).toArray();
  expect(crossEntropy(x, { probabilities: good, normalized: true }).toArray()).toBe(plain);
  const half = { data: x.flat(), shape: [2, 3], dtype: 'float16' };
  expect(() => crossEntropy(half, { probabilities: good, normalized: true })).not.toThrow();
});

describe('what is no distribution is refused, where that is asked for', () => {
  const wrong: readonly (readonly [string, number[], string])[] = [
    ['counts', [1, 2, 3], 'row 1 of sum 6'],
    ['nothing', [0, 0, 0], 'row 1 of sum 0'],
    ['logits', [-1, 1, 1], '-1'],
    ['NaN', [Number.NaN, 0, 1], 'NaN'],
  ];
  test.each(wrong)('%s', (_, row, given) => {
    const target = { probabilities: [good[0] as number[], row], normalized: true };
    expect(() => crossEntropy(x, target)).toThrow(refused(given));
    expect(() => crossEntropyGrad(x, target)).toThrow(refused(given));
    expect(() => crossEntropy(x, { ...target, normalized: false })).not.toThrow();
  });

  test('also in a tensor of a device', async () => {
    const sm = createSoftmax(device());
    const probabilities = sm.tensor([
      [1, 2, 3],
      [0, 1, 0],
    ]);
    await expect(sm.crossEntropy(x, { probabilities, normalized: true })).rejects.toThrow(
      refused('row 0 of sum 6'),
    );
  });
});

test('masked classes and rows of weight 0 are not read', () => {
  const probabilities = [
    [0.5, 0.5, 7],
    [7, 7, 7],
  ];
  const mask = [true, true, false];
  const target = { probabilities, normalized: true };
  expect(() => crossEntropy(x, target, { mask, tokenWeight: [1, 0] })).not.toThrow();
  expect(() => crossEntropy(x, target, { mask: [[true], [false]] })).toThrow(refused('row 0 of sum 8'));
});

test('a misspelt name beside the probabilities is refused', () => {
  const call = () => createSoftmax(cpu()).crossEntropy(x, { probabilities: good, normalised: true } as never);
  expect(call).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
});
