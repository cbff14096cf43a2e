import { describe, expect, test } from 'vitest';
import {
  type GumbelSoftmaxOptions,
  gumbelNoise,
  gumbelSoftmax,
  gumbelSoftmaxGrad,
  softmax,
  uniform,
} from '../src/index.ts';

const x = [1, -2, 0.5, 3];
const noise = [0.25, 1.5, -0.75, -3];
const dy = [1, 2, -1, 0.5];
const values = (t: { data(): ArrayLike<number> }) => Array.from(t.data());
const random = (k: number) => Array.from({ length: k }, (_, i) => 6 * uniform(77, 0, i) - 3);

// mpmath 1.3 with 200 bits: p = softmax((x + g)/0.5), p∘(dy − Σ p·dy)/0.5.
const P = [0.8605337655539168, 0.025985868066283165, 0.04284345341848826, 0.07063691296131172];
const DX = [0.1635349680993521, 0.05691006426721909, -0.16323188703665414, -0.05721314532991706];

test('noise that is subtracted, divided twice or added after the temperature', () => {
  const p = values(gumbelSoftmax(x, { noise, temperature: 0.5 }));
  const dx = values(gumbelSoftmaxGrad(x, dy, { noise, temperature: 0.5 }));
  for (const [k, wanted] of P.entries())
    expect(Math.abs((p[k] as number) - wanted)).toBeLessThan(4e-16 * wanted);
  for (const [k, wanted] of DX.entries()) expect(dx[k]).toBeCloseTo(wanted, 15);
});

test('a soft sample that is not the softmax of x + g, along any axes and under any mask', () => {
  const data = random(24);
  const shape = [2, 3, 4];
  const mask = { data: data.map((v) => v > -1), shape };
  const { data: g } = gumbelNoise(shape, { seed: 3, stream: 2 });
  const sum = { data: data.map((v, k) => v + (g[k] as number)), shape };
  for (const axis of [0, 1, -1, [0, 2], null, []])
    for (const temperature of [0.1, 1, Number.POSITIVE_INFINITY])
      expect(values(gumbelSoftmax({ data, shape }, { seed: 3, stream: 2, axis, mask, temperature }))).toEqual(
        values(softmax(sum, { axis, mask, temperature })),
      );
});

test('a seed whose noise differs from gumbelNoise, or between dtypes', () => {
  for (const array of [Float32Array, Float64Array]) {
    const given = gumbelSoftmax(array.from(x), { noise: gumbelNoise(4, { seed: 8 }) });
    expect(values(gumbelSoftmax(array.from(x), { seed: 8 }))).toEqual(values(given));
  }
  const rows = gumbelSoftmax(
    { data: new Float32Array(8), shape: [2, 4] },
    { seed: 8 },
  ).toArray() as number[][];
  expect(rows[0]).not.toEqual(rows[1]);
});

describe('a hard sample is exactly one-hot', () => {
  test('also where the soft one is nearly uniform, or infinitely hot', () => {
    for (const temperature of [0, 1e-9, 1, 1e300, Number.POSITIVE_INFINITY])
      expect(values(gumbelSoftmax(x, { noise, temperature, hard: true }))).toEqual([1, 0, 0, 0]);
    expect(values(gumbelSoftmax(x, { noise, temperature: 0 }))).toEqual([1, 0, 0, 0]);
  });

  test('with one 1 where the maximum is not unique: the first', () => {
    expect(values(gumbelSoftmax([0, 1, 1], { noise: [0, 2, 2], hard: true }))).toEqual([0, 1, 0]);
    expect(values(gumbelSoftmax([0, 1, 2], { noise: [0, 2, 1], temperature: 0 }))).toEqual([0, 1, 0]);
  });

  test('with the gradient of the soft one; 0 at temperature 0', () => {
    const soft = values(gumbelSoftmaxGrad(x, dy, { noise, temperature: 0.5 }));
    expect(values(gumbelSoftmaxGrad(x, dy, { noise, temperature: 0.5, hard: true }))).toEqual(soft);
    expect(values(gumbelSoftmaxGrad(x, dy, { noise, temperature: 0 }))).toEqual([0, 0, 0, 0]);
  });
});

describe('what is impossible is never chosen', () => {
  const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
  const cases: [string, number[], boolean[], number[], number[]][] = [
    ['−inf', [-inf, 0, -inf], [true, true, true], [0, 1, 0], [0, 1, 0]],
    ['masked', [nan, 0, inf], [false, true, false], [0, 1, 0], [0, 1, 0]],
    ['all −inf', [-inf, -inf, -inf], [true, false, true], [nan, 0, nan], [nan, 0, nan]],
    ['all masked', [nan, 1, 2], [false, false, false], [0, 0, 0], [0, 0, 0]],
    ['NaN', [nan, 1, 2], [true, true, false], [nan, nan, 0], [nan, nan, 0]],
    ['+inf', [inf, 1, 2], [true, true, false], [nan, nan, 0], [nan, nan, 0]],
  ];
  test.each(cases)('%s', (_, row, mask, soft, hard) => {
    const options = { noise: [0, -3, 30], mask };
    expect(values(gumbelSoftmax(row, options))).toEqual(soft);
    expect(values(gumbelSoftmax(row, { ...options, hard: true }))).toEqual(hard);
    const dx = values(gumbelSoftmaxGrad(row, [1, 2, 3], options));
    const impossible = dx.filter((_, k) => !mask[k] || row[k] === -inf);
    expect(impossible).toEqual(impossible.map(() => 0));
  });
});

test('a gradient that is not that of the sample: central differences, seeded', () => {
  const h = 2 ** -17;
  const data = random(12);
  const cotangent = { data: random(36).slice(24), shape: [3, 4] };
  for (const options of [
    {},
    { axis: 0 },
    { temperature: 0.7, axis: null },
  ] as Partial<GumbelSoftmaxOptions>[]) {
    const all = { ...options, seed: 4n } as GumbelSoftmaxOptions;
    const f = (v: number[]) =>
      values(gumbelSoftmax({ data: v, shape: [3, 4] }, all)).reduce(
        (sum, y, k) => sum + y * (cotangent.data[k] as number),
        0,
      );
    const dx = values(gumbelSoftmaxGrad({ data, shape: [3, 4] }, cotangent, all));
    for (const [k, got] of dx.entries()) {
      const at = (d: number) => f(data.map((v, j) => (j === k ? v + d : v)));
      expect(got).toBeCloseTo((at(h) - at(-h)) / (2 * h), 8);
    }
  }
});

test('float16 is read as bits, and the sum is not rounded before the softmax', () => {
  // 1024 + 0.25 needs 13 bits: rounded to float16 it would be 1024, and p a half. e^0.25/(1 + e^0.25) = 0.5622 = 0x387f
  const bits = { data: Uint16Array.of(0x6400, 0x6400), shape: [2], dtype: 'float16' };
  expect([...gumbelSoftmax(bits, { noise: [0, 0.25] }).data()]).toEqual([0x3701, 0x387f]);
});

test.each([
  [{}, 'INVALID_OPTION'],
  [undefined, 'INVALID_OPTION'],
  [{ seed: 1, noise }, 'INVALID_OPTION'],
  [{ noise, stream: 1 }, 'INVALID_OPTION'],
  [{ seed: 1, temperature: -1 }, 'INVALID_OPTION'],
  [{ seed: 1, temperature: Number.NaN }, 'INVALID_OPTION'],
  [{ seed: 1, temperature: [1, 1] }, 'INVALID_OPTION'],
  [{ seed: 1.5 }, 'INVALID_OPTION'],
  [{ seed: 1, stream: -1 }, 'INVALID_OPTION'],
  [{ seed: 1, tau: 1 }, 'INVALID_OPTION'],
  [{ noise: [0, 0, 0, Number.POSITIVE_INFINITY] }, 'INVALID_OPTION'],
  [{ noise: [0, 0, 0, Number.NaN] }, 'INVALID_OPTION'],
  [{ noise: [0, 0, 0] }, 'INVALID_SHAPE'],
  [{ noise: [[0, 0, 0, 0]] }, 'INVALID_SHAPE'],
  [{ seed: 1, axis: 1 }, 'INVALID_AXIS'],
])('a call that must be refused: %j', (options, code) => {
  for (const call of [gumbelSoftmax, (v: number[], o: never) => gumbelSoftmaxGrad(v, dy, o)])
    expect(() => call(x, options as never)).toThrow(expect.objectContaining({ code }));
});

test('a size of 0 that reaches a kernel', () => {
  expect(gumbelSoftmax({ data: [], shape: [2, 0] }, { seed: 0 }).shape).toEqual([2, 0]);
});
