import { describe, expect, test } from 'vitest';
import * as sm from '../src/index.ts';

const INF = Number.POSITIVE_INFINITY;
const x = [1, -INF, 0, -2000];

describe('a cotangent that is not finite follows the exact formula', () => {
  test.each(['float64', 'float32', 'float16'] as const)('in %s', (dtype) => {
    for (const gradient of [sm.softmaxGrad, sm.logSoftmaxGrad]) {
      expect(gradient(x, [INF, 1, 1, 1], { dtype }).toArray()).toEqual([Number.NaN, 0, -INF, -INF]);
      expect(gradient(x, [1, 1, 1, -INF], { dtype }).toArray()).toEqual([INF, 0, INF, Number.NaN]);
      expect(gradient(x, [1, 1, Number.NaN, 1], { dtype }).toArray()).toEqual([
        Number.NaN,
        0,
        Number.NaN,
        Number.NaN,
      ]);
      const finite = gradient(x, [1, 5, 1, 2], { dtype }).toArray();
      expect(gradient(x, [1, Number.NaN, 1, 2], { dtype }).toArray()).toEqual(finite);
    }
    expect(sm.logSumExpGrad(x, INF, { dtype }).toArray()).toEqual([INF, 0, INF, INF]);
    expect(sm.crossEntropyGrad([x], [0], { dtype, dy: INF }).dx.toArray()).toEqual([[-INF, 0, INF, INF]]);
  });
});

describe('a faint probability keeps its digits', () => {
  const near = (got: number, value: number) => expect(Math.abs(got / value - 1)).toBeLessThan(1e-14);

  test('where the cotangent is large', () => {
    near(sm.softmaxGrad([0, -740], [0, 1e300]).data()[1] as number, 4.188739880048049e-22);
    near(sm.softmaxGrad([0, -800], [0, 1e300]).data()[1] as number, 3.667874584177687e-48);
    near(sm.logSumExpGrad([0, -800], 1e300).data()[1] as number, 3.667874584177687e-48);
  });
});

test('a temperature of −0 is 0, in every form', () => {
  expect(sm.logSoftmax([1, 2], { temperature: -0 }).toArray()).toEqual([-INF, 0]);
  expect(sm.logSoftmax([[1, 2]], { temperature: [-0] }).toArray()).toEqual([[-INF, 0]]);
});

test('a cap of any size gives no NaN', () => {
  expect(sm.softmax([Number.MAX_VALUE, 0], { softcap: 30 }).data()[0]).toBeCloseTo(1);
  expect(sm.softmax([2e307, 0], { softcap: 0.1 }).data()[0]).toBeCloseTo(0.52497918747894);
  expect(sm.softmax([1e10, 0], { softcap: 1e-300 }).toArray()).toEqual([0.5, 0.5]);
});

test('a fractional stride is refused', () => {
  const strided = { data: Float32Array.of(1, 2, 3), shape: [2], stride: [0.5] };
  expect(() => sm.softmax(strided)).toThrow(expect.objectContaining({ code: 'INVALID_SHAPE' }));
});
