import { describe, expect, test } from 'vitest';
import { entmax, entmaxGrad, entmaxLoss, entmaxLossGrad, type Tensor, uniform } from '../src/index.ts';

const list = (t: Tensor<'sync'>) => [...t.data()] as number[];

/** 600 rows of 1 to 12 logits, close and wide, every third with ties, and an α in (1, 4]. */
const rows = Array.from({ length: 600 }, (_, r) => {
  const u = (k: number) => uniform(8, r, k);
  const width = 10 ** (3 * u(0) - 2);
  const values = Array.from({ length: 1 + Math.floor(12 * u(1)) }, (_, k) => width * (u(k + 9) - 0.5));
  const alpha = [1.5, 2, 1 + 3 * u(2)][r % 3] as number;
  return { alpha, z: r % 3 === 0 ? values.map((v) => Math.round(v * 4) / 4) : values, u };
});

describe('entmax', () => {
  test('the probabilities sum to 1 within a rounding each', () => {
    for (const { alpha, z } of rows) {
      const sum = list(entmax(z, { alpha })).reduce((a, b) => a + b, 0);
      expect(Math.abs(sum - 1)).toBeLessThanOrEqual(2 ** -53 * (z.length + 1));
    }
  });

  test('the conditions of Karush, Kuhn and Tucker: one threshold, above all that is 0', () => {
    for (const { alpha, z } of rows) {
      const p = list(entmax(z, { alpha }));
      const thresholds = z.flatMap((v, k) =>
        p[k] === 0 ? [] : (alpha - 1) * v - (p[k] as number) ** (alpha - 1),
      );
      const tau = thresholds[0] as number;
      for (const t of thresholds) expect(Math.abs(t - tau)).toBeLessThanOrEqual(1e-14 * (1 + Math.abs(tau)));
      const outside = z.filter((_, k) => p[k] === 0).map((v) => (alpha - 1) * v);
      expect(Math.max(tau, ...outside)).toBeLessThanOrEqual(tau + 1e-14 * (1 + Math.abs(tau)));
    }
  });

  test('the order of the entries changes no more than the last digits, another row or axis no bit', () => {
    for (const { alpha, z } of rows) {
      const p = list(entmax(z, { alpha }));
      const back = list(entmax(z.toReversed(), { alpha })).toReversed();
      for (const [k, v] of back.entries())
        expect(Math.abs(v - (p[k] as number))).toBeLessThanOrEqual(2 ** -51 * (p[k] as number));
      const columns = entmax(
        z.map((v) => [v, 0.1, v]),
        { alpha, axis: 0 },
      ).toArray() as number[][];
      expect(columns.map((row) => row[0])).toEqual(p);
      expect(columns.map((row) => row[2])).toEqual(p);
    }
  });

  test('a shift that loses no bit changes none', () => {
    for (const { alpha, z } of rows) {
      const fine = z.map((v) => Math.round(v * 2 ** 20) / 2 ** 20);
      const shifted = fine.map((v) => v + 2 ** 30);
      expect(list(entmax(shifted, { alpha }))).toEqual(list(entmax(fine, { alpha })));
    }
  });

  test('float32 is float64 rounded once, float16 too', () => {
    for (const { alpha, z } of rows) {
      const narrow = Float32Array.from(z);
      const exact = list(entmax(Float64Array.from(narrow), { alpha }));
      expect(list(entmax(narrow, { alpha }))).toEqual(exact.map(Math.fround));
    }
    // 1/3 in float16: 0x3555.
    const half = entmax({ data: new Uint16Array(3), shape: [3], dtype: 'float16' });
    expect([...half.data()]).toEqual([0x3555, 0x3555, 0x3555]);
  });

  test('a row of 2^20 is solved, and exact where all are equal or all but few are out', () => {
    const n = 2 ** 20;
    for (const alpha of [1.5, 2, 3]) {
      const p = entmax(new Float32Array(n).fill(-7), { alpha }).data();
      expect(p.every((v) => v === 2 ** -20)).toBe(true);
    }
    const long = Float64Array.from({ length: n }, (_, k) => 0.5 * Math.sin(k));
    for (const alpha of [1.5, 2]) {
      const p = list(entmax(long, { alpha }));
      expect(Math.abs(p.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-12);
      const tau = long.reduce((a, v, k) => (p[k] === 0 ? Math.max(a, v) : a), -1);
      for (let k = 0; k < n; k++)
        if ((p[k] as number) > 0 !== (long[k] as number) > tau) throw new Error(`[${k}]`);
    }
  });
});

describe('gradients, against central differences in float64', () => {
  const h = 2 ** -18;
  /** Rows whose support does not change within h of them: elsewhere there is no derivative. */
  const smooth = rows.filter(({ alpha, z }) => {
    const p = list(entmax(z, { alpha }));
    const near = [1 + 1e-3, 1 - 1e-3].map((s) =>
      list(
        entmax(
          z.map((v) => v * s),
          { alpha },
        ),
      ).map((v) => v > 0),
    );
    const inside = p.filter((v) => v > 0).every((v) => v > 0.1);
    return inside && near.every((n) => n.every((v, k) => v === (p[k] as number) > 0));
  });
  const differences = (f: (z: number[]) => number, z: readonly number[]) =>
    z.map((v, k) => (f(z.with(k, v + h)) - f(z.with(k, v - h))) / (2 * h));
  const close = (got: number[], wanted: number[]) => {
    for (const [k, v] of got.entries()) expect(Math.abs(v - (wanted[k] as number))).toBeLessThan(1e-5);
  };

  test('of entmax', () => {
    expect(smooth.length).toBeGreaterThan(100);
    for (const { alpha, z, u } of smooth) {
      const dy = z.map((_, k) => u(k + 40) - 0.5);
      const dot = (row: number[]) =>
        list(entmax(row, { alpha })).reduce((s, p, k) => s + p * (dy[k] as number), 0);
      close(list(entmaxGrad(z, dy, { alpha })), differences(dot, z));
    }
  });

  test('of its loss, for every target', () => {
    for (const { alpha, z } of smooth)
      for (const y of z.keys()) {
        const { loss, dx } = entmaxLossGrad(z, [y], { alpha });
        const value = (row: number[]) => entmaxLoss(row, [y], { alpha }).data()[0] as number;
        expect(loss.data()[0]).toBe(value([...z]));
        close(list(dx), differences(value, z));
      }
  });

  test('a constant cotangent has no gradient, bit by bit', () => {
    for (const { alpha, z } of rows)
      expect(
        list(
          entmaxGrad(
            z,
            z.map(() => 0.1),
            { alpha },
          ),
        ),
      ).toEqual(z.map(() => 0));
  });
});
