import { describe, expect, test } from 'vitest';
import { createSoftmax, crossEntropy, sample } from '../src/index.ts';
import { device } from './device.ts';

const code = (value: string) => expect.objectContaining({ name: 'SoftmaxError', code: value });

describe('a tensor of what core must look at', () => {
  test('classes that sample drew are labels, on every kind of backend', async () => {
    const drawn = {
      noise: [
        [0, 9],
        [9, 0],
      ],
    } as const;
    const x = [
      [0, 1],
      [2, 0],
    ];
    const expected = crossEntropy(x, [1, 0]).toArray();
    expect(
      crossEntropy(
        x,
        sample(
          [
            [0, 0],
            [0, 0],
          ],
          drawn,
        ),
      ).toArray(),
    ).toBe(expected);
    const backend = device();
    const sm = createSoftmax(backend);
    const labels = await sm.sample(
      [
        [0, 0],
        [0, 0],
      ],
      drawn,
    );
    const loss = await sm.crossEntropy(x, labels);
    expect(await loss.toArray()).toBe(expected);
    for (const t of [labels, loss]) t.dispose();
    expect(backend.held.size).toBe(0);
  });

  test('what the caller writes while labels are awaited does not count', async () => {
    const sm = createSoftmax(device());
    const [x, weight] = [Float64Array.of(0, 1), [1, 2]];
    const call = sm.crossEntropy({ data: x, shape: [1, 2] }, sm.tensor([1]), { weight, reduction: 'sum' });
    x[0] = 100;
    weight[1] = 100;
    const expected = crossEntropy([[0, 1]], [1], { weight: [1, 2], reduction: 'sum' });
    expect(await (await call).toArray()).toBe(expected.toArray());
  });

  test('one of another backend is refused, by one-liners too', async () => {
    const foreign = createSoftmax(device()).tensor([0]);
    const sm = createSoftmax(device());
    await expect(sm.crossEntropy([[1, 2]], foreign)).rejects.toThrow(code('FOREIGN_TENSOR'));
    expect(() => crossEntropy([[1, 2]], foreign as never)).toThrow(code('FOREIGN_TENSOR'));
    foreign.dispose();
    await expect(createSoftmax(device()).crossEntropy([[1, 2]], foreign)).rejects.toThrow(
      code('FOREIGN_TENSOR'),
    );
  });
});
