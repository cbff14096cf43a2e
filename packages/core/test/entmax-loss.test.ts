import { describe, expect, test } from 'vitest';
import {
  cpu,
  createSoftmax,
  crossEntropyGrad,
  entmax,
  entmaxLoss,
  entmaxLossGrad,
  SoftmaxError,
  sparsemaxLoss,
  sparsemaxLossGrad,
} from '../src/index.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const none = { reduction: 'none' } as const;
const within = (got: unknown, wanted: number, ulps: number) =>
  expect(Math.abs((got as number) - wanted), `${String(got)} for ${wanted}`).toBeLessThanOrEqual(
    ulps * 2 ** -53 * wanted,
  );
const failure = (f: () => unknown): SoftmaxError => {
  try {
    f();
  } catch (error) {
    if (error instanceof SoftmaxError) return error;
  }
  throw new Error('no SoftmaxError');
};

describe('values', () => {
  const z = [
    [1, 2, 2.5],
    [0, 0.1, -3],
  ];

  test('the numbers of entmax 1.3 (PyTorch)', () => {
    expect(sparsemaxLoss(z, [2, 0], none).toArray()).toEqual([0.0625, expect.closeTo(0.3025, 14)]);
    const [first, second] = entmaxLoss(z, [2, 0], none).toArray() as number[];
    expect(first).toBeCloseTo(0.18460100828, 8);
    expect(second).toBeCloseTo(0.44229150616, 8);
    expect(entmaxLoss([[-inf, 1, 2]], [2]).toArray()).toBeCloseTo(0.06165586761, 8);
  });

  test('a target whose p underflows has a finite p^(α − 1)', () => {
    // p ≈ 0.4^1000, l = 600 − 1/α + 1/α.
    for (const row of [[0, -600], Float32Array.of(0, -600)]) {
      const x = { data: row, shape: [1, 2] };
      within(entmaxLoss(x, [1], { alpha: 1.001 }).toArray(), 600, 4);
    }
    within(entmaxLoss([[0, -900]], [1], { alpha: 1.001 }).toArray(), 900, 4);
    within(entmaxLoss([[241.375, -1139]], [1], { alpha: 1 + 2 ** -52 }).toArray(), 1380.375, 4);
  });

  test('targets inside and outside the support, to the last digits', () => {
    // mpmath 1.3, 300 bits, from H_α(p) + ⟨p, x⟩ − x_y.
    for (const [alpha, y, wanted] of [
      [1.01, 2, 0.8834802875805616],
      [1.25, 2, 0.5459689104981448],
      [1.5, 2, 0.349333971169164],
      [1.75, 2, 0.2248188181837004],
      [2, 2, 0.14583333333333334],
      [3, 2, 0.03125],
      [10, 2, 0],
      [1.25, 0, 3.0459689104981447],
      [1.5, 0, 2.849333971169164],
      [2, 0, 2.6458333333333335],
      [3, 0, 2.53125],
    ] as const)
      within(entmaxLoss([-2, 0, 0.5, 0.25], [y], { alpha }).toArray(), wanted, 6);
  });

  test('a small loss is not what is left of its terms', () => {
    // mpmath 1.3, 300 bits. H + ⟨p, z⟩ − z_y in float64 gives 0 or noise of 1e−16.
    within(sparsemaxLoss([0.999999, 0], [0]).toArray(), 2.500000000143778e-13, 8);
    within(sparsemaxLoss([0.9999999999, 0], [0]).toArray(), 2.500000413701872e-21, 8);
    within(entmaxLoss([1.9999, 0], [0]).toArray(), 8.333020848954539e-14, 8);
  });

  test('a large α is no longer a matter of a series', () => {
    // H = (1 − Σ p^α)/(α(α − 1)) at p = 1/3, where p^α is 0.
    // mpmath 1.3, 300 bits.
    within(entmaxLoss([0, -0.05], [0], { alpha: 11 }).toArray(), 0.0015014996153083235, 8);
    within(entmaxLoss([0, -0.0001], [0], { alpha: 101 }).toArray(), 9.356362237835999e-5, 8);
    within(entmaxLoss([0, -1e-225], [0], { alpha: 1001 }).toArray(), 9.99000999000999e-7, 8);
    within(entmaxLoss([0, 0, 0], [0], { alpha: 1001 }).toArray(), 1 / (1001 * 1000), 4);
  });

  test('a confident answer costs exactly 0, a hopeless one all of its distance, an impossible one +inf', () => {
    expect(entmaxLossGrad([5, 0, 2], [0]).loss.toArray()).toBe(0);
    expect(entmaxLossGrad([5, 0, 2], [0]).dx.toArray()).toEqual([0, 0, 0]);
    expect(sparsemaxLossGrad([1e8, 0], [1]).loss.toArray()).toBe(1e8 - 0.5 + 0.5);
    expect(sparsemaxLossGrad([1e8, 0], [1]).dx.toArray()).toEqual([1, -1]);
    const { loss, dx } = entmaxLossGrad([1, -inf], [1]);
    expect(loss.toArray()).toBe(inf);
    expect(dx.toArray()).toEqual([1, 0]);
  });

  test('α = 1 is the cross-entropy', () => {
    const ce = crossEntropyGrad(z, [2, 0]);
    const one = entmaxLossGrad(z, [2, 0], { alpha: 1 });
    expect(entmaxLoss(z, [2, 0], { alpha: 1 }).toArray()).toBe(ce.loss.toArray());
    expect(one.dx.toArray()).toEqual(ce.dx.toArray());
  });
});

describe('rows', () => {
  const z = [
    [1, 2, 2.5],
    [nan, 0.1, -3],
    [0, 0.1, -3],
  ];

  test('an ignored NaN row takes no part in the mean, nor in the gradient', () => {
    for (const alpha of [1, 1.25, 1.5, 2, 3]) {
      const { loss, dx } = entmaxLossGrad(z, [2, -100, 0], { alpha });
      const kept = entmaxLossGrad([z[0] as number[], z[2] as number[]], [2, 0], { alpha });
      const [a, b] = kept.dx.toArray() as number[][];
      expect(loss.toArray()).toBe(kept.loss.toArray());
      expect(dx.toArray()).toEqual([a, [0, 0, 0], b]);
    }
    expect(sparsemaxLoss(z, [7, 7, 7], { ignoreIndex: 7 }).toArray()).toBe(0);
  });

  test('NaN, +inf and only −inf make their own loss NaN, and the gradient of −inf stays 0', () => {
    const rows = [
      [nan, 0],
      [inf, 0],
      [-inf, -inf],
      [0, 0],
    ];
    const { loss, dx } = sparsemaxLossGrad(rows, [1, 1, 1, 1], none);
    expect(loss.toArray()).toEqual([nan, nan, nan, 0.25]);
    expect(dx.toArray()).toEqual([
      [nan, nan],
      [nan, nan],
      [0, 0],
      [0.5, -0.5],
    ]);
    for (const row of [[inf, -inf], [nan, -inf], [nan]]) expect(sparsemaxLoss(row, [0]).toArray()).toBe(nan);
    expect(sparsemaxLossGrad([nan, -inf, 0], [2]).dx.toArray()).toEqual([nan, 0, nan]);
  });

  test('masking a class is removing it', () => {
    const { loss, dx } = entmaxLossGrad([nan, 1, 1.5], [2], { mask: [0, 1, 1] });
    const { loss: two, dx: d } = entmaxLossGrad([1, 1.5], [1]);
    expect(loss.toArray()).toBe(two.toArray());
    expect(dx.toArray()).toEqual([0, ...(d.toArray() as number[])]);
    expect(failure(() => entmaxLoss([0, 1], [0], { mask: [0, 1] })).code).toBe('INVALID_TARGET');
  });

  test('weights, the reduction and dy scale the gradient; the loss only the first two', () => {
    const columns = { data: [1, 0, 2, 0.1, 2.5, -3], shape: [3, 2] };
    const plain = sparsemaxLossGrad(columns, [2, 0], { axis: 0, ...none });
    expect(plain.loss.toArray()).toEqual([0.0625, expect.closeTo(0.3025, 14)]);
    const scaled = sparsemaxLossGrad(columns, [2, 0], { axis: 0, tokenWeight: [3, 1], dy: 2 });
    expect(scaled.loss.toArray()).toBeCloseTo((3 * 0.0625 + 0.3025) / 4, 14);
    const [p, s] = [plain.dx.data(), scaled.dx.data()];
    for (const [k, v] of p.entries()) expect(s[k]).toBeCloseTo((v * 2 * (k % 2 ? 1 : 3)) / 4, 14);
  });

  test('gradient and probabilities agree: dx = p − e_y', () => {
    for (const alpha of [1.25, 1.5, 2, 3]) {
      const [row, y] = [[0.4, 0.1, -0.2, 0.35], 1];
      const p = entmax(row, { alpha }).data();
      entmaxLossGrad(row, [y], { alpha })
        .dx.data()
        .forEach((v, k) => {
          expect(v).toBeCloseTo((p[k] as number) - (k === y ? 1 : 0), 15);
        });
    }
  });

  test('a wrong target or option is refused by name, before anything runs', () => {
    const out = failure(() =>
      sparsemaxLoss(
        [
          [0, 0],
          [0, 0],
        ],
        [0, 2],
      ),
    );
    expect([out.code, out.message]).toEqual(['INVALID_TARGET', expect.stringMatching(/target\[1\].*2/)]);
    for (const alpha of [0.5, nan, inf])
      expect(failure(() => entmaxLossGrad([0, 0], [0], { alpha })).code).toBe('INVALID_OPTION');
    expect(failure(() => sparsemaxLoss([0, 0], [0], { alpha: 1.5 } as object)).code).toBe('INVALID_OPTION');
    expect(failure(() => entmaxLoss([0, 0], [0], { dy: 1 } as object)).code).toBe('INVALID_OPTION');
    const soft = { probabilities: [0.5, 0.5], data: [0] };
    expect(failure(() => entmaxLoss([0, 0], soft)).code).toBe('INVALID_TARGET');
    expect(failure(() => entmaxLoss([0, 0], [0], { axis: [0] } as object)).code).toBe('INVALID_AXIS');
  });

  test('no rows: 0 by default', () => {
    const empty = createSoftmax(cpu()).tensor({ data: new Float32Array(0), shape: [0, 3] });
    const { loss, dx } = entmaxLossGrad(empty, []);
    expect([loss.toArray(), dx.shape]).toEqual([0, [0, 3]]);
  });
});
