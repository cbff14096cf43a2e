import { describe, expect, test } from 'vitest';
import { cpu, createSoftmax, softmax } from '../src/index.ts';

const { tensor } = createSoftmax(cpu());
const ones = new Float64Array(6);
const code = (value: string) => expect.objectContaining({ name: 'SoftmaxError', code: value });

describe('what a call remembers of the one before', () => {
  test('a list of axes that was written to in between is read again', () => {
    const x = tensor(ones, [2, 3]);
    const axis = [0];
    expect(softmax(x, { axis }).data()[0]).toBe(1 / 2);
    axis[0] = 1;
    expect(softmax(x, { axis }).data()[0]).toBe(1 / 3);
  });

  test('a shape that was written to in between is read again', () => {
    const x = { data: ones, shape: [2, 3] };
    const first = softmax(x);
    x.shape.reverse();
    const second = softmax(x);
    expect([first.shape, second.shape]).toEqual([
      [2, 3],
      [3, 2],
    ]);
    expect([first.data()[0], second.data()[0]]).toEqual([1 / 3, 1 / 2]);
    x.shape[0] = 4;
    expect(() => softmax(x)).toThrow(code('INVALID_SHAPE'));
  });

  test.each([null, 0, 1, -1, [0], [0, 1]])('a wrong axis is refused after axis %j', (axis) => {
    const x = tensor(ones, [2, 3]);
    for (const wrong of [false, {}, '0', Number.NaN, 2, 0.5, [0, 0]]) {
      softmax(x, { axis });
      expect(() => softmax(x, { axis: wrong as number })).toThrow(code('INVALID_AXIS'));
    }
  });

  test('axes of one shape by turns are each their own', () => {
    const x = tensor(ones, [2, 3]);
    const means = [0, 1, null, 0, -1, -2].map((axis) => softmax(x, { axis }).data()[0]);
    expect(means).toEqual([1 / 2, 1 / 3, 1 / 6, 1 / 2, 1 / 3, 1 / 2]);
  });

  test('shapes may be shared, and nobody can write to one', () => {
    const [a, b] = [softmax(ones), softmax(ones)];
    for (const { shape } of [a, b, tensor(ones, [2, 3])])
      expect(() => Object.assign(shape, [1])).toThrow(TypeError);
    expect(a.data()).not.toBe(b.data());
  });
});
