import { describe, expect, test } from 'vitest';
import {
  entmax,
  entmaxGrad,
  softmax,
  softmaxGrad,
  sparsemax,
  sparsemaxGrad,
  type Tensor,
} from '../src/index.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const list = (t: Tensor<'sync'>) => [...t.data()] as number[];
const within = (got: number, wanted: number, ulps: number) =>
  expect(Math.abs(got - wanted), `${got} for ${wanted}`).toBeLessThanOrEqual(
    ulps * 2 ** -53 * Math.abs(wanted),
  );
const near = (got: Tensor<'sync'>, wanted: readonly number[]) => {
  for (const [k, v] of list(got).entries()) expect(v).toBeCloseTo(wanted[k] as number, 8);
};
const code = (f: () => unknown) => {
  try {
    f();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'no error';
};

// mpmath 1.3, 300 bits: the support by its definition, p of its smallest entry by bisection; x = [−2, 0, 0.5, 0.25].
const x = [-2, 0, 0.5, 0.25];
const VALUES: readonly (readonly [alpha: number, p: readonly number[]])[] = [
  [1.01, [0.03161588642475815, 0.24538032613225944, 0.4069142090303182, 0.31608957841266416]],
  [1.25, [0.0013574466519660248, 0.2292401147349963, 0.44542535145424067, 0.323977087158797]],
  [1.5, [0, 0.19647727398973067, 0.4806060593436027, 0.3229166666666667]],
  [1.75, [0, 0.15077089143643005, 0.5252182737324191, 0.3240108348311508]],
  [2, [0, 0.08333333333333333, 0.5833333333333334, 0.3333333333333333]],
  [3, [0, 0, 0.75, 0.25]],
  [10, [0, 0, 1, 0]],
];

describe('entmax', () => {
  test('a general α is solved to the last digits, not to a tolerance', () => {
    for (const [alpha, wanted] of VALUES)
      list(entmax(x, { alpha })).forEach((p, k) => {
        within(p, wanted[k] as number, 4);
      });
  });

  test('the numbers of entmax 1.3 (PyTorch), values and gradients', () => {
    const dy = [1, 2, 3];
    const row = [-2, 0, 0.5];
    for (const [alpha, p, dx] of [
      [2, [0, 0.25, 0.75], [0, -0.5, 0.5]],
      [1.5, [0, 0.32600736366, 0.67399263634], [0, -0.3367599413, 0.3367599413]],
      [1.25, [0.00533941785, 0.35210978597, 0.64255079619], [-0.03129316807, -0.2670680253, 0.29836119337]],
    ] as const) {
      // entmax's own bisection leaves an error of 1e−9.
      near(entmax(row, { alpha }), p);
      near(entmaxGrad(row, dy, { alpha }), dx);
    }
  });

  test('logits of 1e8 are not NaN (tensorflow/addons #2314)', () => {
    expect(sparsemax([1e8, 1e8 - 0.5, -1e8]).toArray()).toEqual([0.75, 0.25, 0]);
    expect(sparsemax(Float32Array.of(1e8, 1e8, -3e38)).toArray()).toEqual([0.5, 0.5, 0]);
    expect(entmax([1e300, -1e300], { alpha: 1.001 }).toArray()).toEqual([1, 0]);
    expect(entmax([Number.MAX_VALUE, -Number.MAX_VALUE]).toArray()).toEqual([1, 0]);
  });

  test('−inf is outside the support and leaves the others alone (entmax #9, #19)', () => {
    for (const alpha of [1.25, 1.5, 2, 3]) {
      expect(list(entmax([-inf, ...x, -inf], { alpha }))).toEqual([0, ...list(entmax(x, { alpha })), 0]);
      expect(list(entmaxGrad([-inf, 1, 1], [nan, 1, 2], { alpha }))[0]).toBe(0);
    }
  });

  test('a value exactly at the threshold is exactly 0, one just above it is not', () => {
    expect(sparsemax([1, 0]).toArray()).toEqual([1, 0]);
    expect(entmax([2, 0]).toArray()).toEqual([1, 0]);
    expect(sparsemax([0.5, 0.5, -1e-10]).toArray()).toEqual([0.5, 0.5, 0]);
    // A Newton step from above may pass the root by its rounding error: no power of a negative number is taken.
    const edge = [0, -0.0016601740829256114, -0.38891302795847754];
    const p = list(entmax(edge, { alpha: 2.1561877861386165 }));
    expect([(p[0] as number) + (p[1] as number), (p[2] as number) < 1e-15]).toEqual([1, true]);
    // 1 − 1e−17 rounds to 1: the difference must be carried along. Values by mpmath.
    expect(sparsemax([1, 1e-17]).toArray()).toEqual([1, 5e-18]);
    within(list(entmax([2, 1e-17]))[1] as number, 2.5e-35, 8);
    const [small, large] = list(sparsemax([0, 0.9999999]));
    within(small as number, 4.999999997368221e-8, 2);
    within(large as number, 0.99999995, 2);
  });

  // mpmath 1.3, 1300 bits: bisection, the smallest p what the others leave of 1.
  test.each([
    [1.99, [0.22613129125624923, -0.2945275512834739, -0.5420549567290927], 2, 2.9791198910363026e-18],
    [1.5, [7.528453754916942, 5.528453754916944, -4], 1, 7.888609052210111e-31],
    [1.5, [1, 1, 1, 1, 1e-100], 4, 2.5e-201],
    [2, [0.99, 0.01, 1e-40], 1, 0.010000000000000004],
    [2, [1, 1e-300], 1, 5e-301],
  ])('α = %s, at the edge of the support of %j', (alpha, row, k, wanted) => {
    within(list(entmax(row, { alpha }))[k] as number, wanted, 2);
  });

  test('a float32 probability that is what the others leave of 1 is more than float64 has', () => {
    const row = Float32Array.of(0.9701542854309082, 0.8590431809425354, 0.8590431809425354, -0.5);
    expect(list(entmax(row, { alpha: 10 }))[1]).toBe(Math.fround(3.311369241909697e-9));
  });

  test('the gradient where the smallest probability is 3e−18', () => {
    const row = [0.22613129125624923, -0.2945275512834739, -0.5420549567290927];
    const wanted = [-0.8733704647771532, 0.12245905337764244, 0.7509114113995108];
    for (const [k, dx] of list(entmaxGrad(row, [1, 2, 3], { alpha: 1.99 })).entries())
      expect(Math.abs(dx - (wanted[k] as number))).toBeLessThanOrEqual(2 ** -50);
  });

  test('equal logits get equal probabilities, bit by bit, however many', () => {
    for (const alpha of [1.0001, 1.25, 1.5, 2, 3, 50, 1e300])
      for (const n of [1, 2, 3, 7, 1000]) {
        const p = list(entmax(new Float64Array(n).fill(0.3), { alpha }));
        expect(new Set(p).size).toBe(1);
        within(p[0] as number, 1 / n, 4);
      }
    const p = list(entmax([1, 0.5, 1, 0.5, -9], { alpha: 1.7 }));
    expect(p[0]).toBe(p[2]);
    expect(p[1]).toBe(p[3]);
  });

  test('its ends: 1 is softmax, infinity the first maximum, and nearby α are near them', () => {
    expect(entmax(x, { alpha: 1 }).toArray()).toEqual(softmax(x).toArray());
    expect(entmaxGrad(x, x, { alpha: 1 }).toArray()).toEqual(softmaxGrad(x, x).toArray());
    expect(entmax([3, 1, 3], { alpha: inf }).toArray()).toEqual([1, 0, 0]);
    expect(entmaxGrad([3, nan, 3], x.slice(1), { alpha: inf }).toArray()).toEqual([0, 0, 0]);
    for (const alpha of [1 + 2 ** -52, 1 + 1e-12]) near(entmax(x, { alpha }), list(softmax(x)));
    expect(entmax([3, 1, 3], { alpha: 1e300 }).toArray()).toEqual([0.5, 0, 0.5]);
    expect(entmax(x, { alpha: 2 }).toArray()).toEqual(sparsemax(x).toArray());
  });

  test('what is not a number of entropy is refused', () => {
    for (const alpha of [0.99, 0, -1, nan, -inf])
      for (const f of [() => entmax(x, { alpha }), () => entmaxGrad(x, x, { alpha })])
        expect(code(f), String(alpha)).toBe('INVALID_OPTION');
    expect(code(() => entmax(x, { alpha: '2' } as object))).toBe('INVALID_OPTION');
    expect(code(() => entmax(x, { aplha: 2 } as object))).toBe('INVALID_OPTION');
    expect(code(() => sparsemax(x, { alpha: 2 } as object))).toBe('INVALID_OPTION');
    expect(code(() => sparsemax(x, { axis: 1 }))).toBe('INVALID_AXIS');
    expect(code(() => sparsemaxGrad(x, [1]))).toBe('INVALID_SHAPE');
    expect(code(() => sparsemax(x, { mask: [true, false] }))).toBe('INVALID_SHAPE');
  });
});

test('a derivative beyond all numbers, p^{2 − α} = 3^998, is not NaN where it is multiplied by 0', () => {
  expect(entmaxGrad([0, 0, 0], [1, 1, 1], { alpha: 1000 }).toArray()).toEqual([0, 0, 0]);
});

describe('rows without a finite maximum', () => {
  const grad = (row: number[], options = {}) => entmaxGrad(row, row, options).toArray();

  test('NaN, +inf and only −inf spoil their own row, gradients of −inf stay 0', () => {
    for (const alpha of [1, 1.25, 1.5, 2, 3]) {
      const spoilt = [
        [nan, 1, -inf],
        [inf, 1, -inf],
        [-inf, -inf, -inf],
      ];
      const rows = entmax([...spoilt, x.slice(1)], { alpha }).toArray() as number[][];
      expect(rows).toEqual([...spoilt.map((row) => row.map(() => nan)), list(entmax(x.slice(1), { alpha }))]);
      expect(grad([-inf, -inf], { alpha })).toEqual([0, 0]);
      expect(grad([nan, -inf], { alpha })).toEqual([nan, 0]);
    }
  });

  test('a masked entry is never read, and a row of them is 0', () => {
    for (const alpha of [1, 1.25, 1.5, 2, 3, inf]) {
      const [masked, removed] = [
        entmax([nan, 1, inf, 0.5], { alpha, mask: [0, 1, 0, 1] }),
        entmax([1, 0.5], { alpha }),
      ];
      expect(list(masked)).toEqual([0, list(removed)[0], 0, list(removed)[1]]);
      expect(entmax([nan, inf], { alpha, mask: [false, false] }).toArray()).toEqual([0, 0]);
      expect(grad([nan, inf], { alpha, mask: [false, false] })).toEqual([0, 0]);
      expect(grad([nan, 1], { alpha, mask: [false, true] })).toEqual([0, 0]);
      expect(list(entmax([nan, nan, 1], { alpha, mask: [0, 1, 1] }))).toEqual([0, nan, nan]);
    }
  });
});
