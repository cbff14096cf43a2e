import { expect, test } from 'vitest';
import { LENGTHS, logits, MODULES, reference, ulps } from './logits.ts';

const NAMES = ['sparsemax', 'entmax'] as const;
const wide = (x: Float32Array): Float64Array => Float64Array.from(x);

test.each(MODULES)('%s: a sparse distribution misses no value of any tail, near or far from 0', (_, sm) => {
  for (const n of LENGTHS)
    for (const name of NAMES)
      for (const [scale, start] of [
        [10, 0],
        [1e-3, 0],
        [2, -3000],
      ] as const) {
        const x = logits(n, scale, start);
        const p = sm[name](x).data() as Float32Array;
        const exact = reference[name](wide(x)).data() as Float64Array;
        expect(ulps(p, exact), `${name}, n = ${n}, scale ${scale}`).toBeLessThan(0.51);
      }
});

test.each(MODULES)(
  '%s: a probability below the rounding of the sum of the others keeps its places',
  (_, sm) => {
    const third = Math.fround(2 / 3);
    for (const [name, x] of [
      ['sparsemax', [third, 1 - third, 2 ** -56]],
      ['entmax', [1, 1, 1, 1, 2 ** -56]],
    ] as const) {
      const row = Float32Array.from(x);
      const p = sm[name](row).data() as Float32Array;
      const exact = reference[name](wide(row)).data() as Float64Array;
      expect(p.at(-1)).toBeGreaterThan(0);
      expect(ulps(p, exact), name).toBeLessThan(0.51);
    }
  },
);

test.each(MODULES)('%s: masks, NaN and infinities mean what they mean in the reference', (_, sm) => {
  for (const n of [1, 4, 7, 67])
    for (const name of NAMES)
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
        for (const hidden of [0, 1]) {
          const x = logits(n, 1);
          x[n - 1] = value;
          const mask = Uint8Array.from(x, (_, k) => Number(k !== n - 1 || !hidden));
          const p = sm[name](x, { mask }).data() as Float32Array;
          const exact = reference[name](wide(x), { mask }).data() as Float64Array;
          expect(ulps(p, exact), `${name}, n = ${n}, ${value}, ${hidden}`).toBeLessThan(0.51);
        }
});

test.each(MODULES)('%s: columns are the rows that they are', (_, sm) => {
  for (const name of NAMES) {
    const x = { data: logits(33 * 18, 1), shape: [33, 18] };
    const mask = { data: Uint8Array.from(x.data, (_, k) => Number(k % 5 !== 0)), shape: x.shape };
    const p = sm[name](x, { axis: 0, mask }).data() as Float32Array;
    const exact = reference[name]({ ...x, data: wide(x.data) }, { axis: 0, mask }).data() as Float64Array;
    expect(ulps(p, exact), name).toBeLessThan(0.51);
  }
});

test.each(MODULES)('%s: gradients and losses of sparse distributions are those of the reference', (_, sm) => {
  for (const n of [1, 2, 5, 67, 2049])
    for (const alpha of [1.5, 2])
      for (const y of [0, n - 1]) {
        const [x, dy] = [logits(n, 2), logits(n, 1, 0.3)];
        const where = `n = ${n}, alpha ${alpha}, class ${y}`;
        const dx = sm.entmaxGrad(x, dy, { alpha }).data() as Float32Array;
        const exact = reference.entmaxGrad(wide(x), wide(dy), { alpha }).data() as Float64Array;
        const error = Math.max(...exact.map((v, k) => Math.abs(v - (dx[k] as number))));
        expect(error, where).toBeLessThan(2 ** -23);
        const own = sm.entmaxLossGrad(x, [y], { alpha });
        const other = reference.entmaxLossGrad(wide(x), [y], { alpha });
        expect(ulps(own.loss.data() as Float32Array, other.loss.data() as Float64Array), where).toBeLessThan(
          0.51,
        );
        expect(ulps(own.dx.data() as Float32Array, other.dx.data() as Float64Array), where).toBeLessThan(
          0.51,
        );
      }
});

test.each(MODULES)('%s: the dy of an entry outside of the support is not used', (_, sm) => {
  for (const alpha of [1.5, 2]) {
    const x = Float32Array.of(0, -5, 0, Number.NEGATIVE_INFINITY, -9);
    const dy = Float32Array.of(1, Number.NaN, 3, Number.NaN, Number.POSITIVE_INFINITY);
    const dx = sm.entmaxGrad(x, dy, { alpha }).toArray();
    const unit = alpha === 2 ? 1 : Math.SQRT1_2;
    expect(dx).toEqual([-Math.fround(unit), 0, Math.fround(unit), 0, 0]);
  }
});

const ALPHAS = [1 + 2 ** -30, 1.01, 1.25, 1.9, 2.1, 3, 50] as const;

test.each(MODULES)('%s: a threshold of any α is found where the reference finds it', (_, sm) => {
  for (const n of [1, 2, 3, 5, 67, 2049])
    for (const alpha of ALPHAS)
      for (const [scale, start] of [
        [10, 0],
        [1e-3, 0],
        [2, -3000],
      ] as const) {
        const x = logits(n, scale, start);
        const where = `alpha ${alpha}, n = ${n}, scale ${scale}`;
        const exact = reference.entmax(wide(x), { alpha }).data() as Float64Array;
        expect(ulps(sm.entmax(x, { alpha }).data() as Float32Array, exact), where).toBeLessThan(0.51);
      }
});

test.each(MODULES)('%s: float64 is not computed in float32, whatever α', (_, sm) => {
  for (const n of [1, 2, 3, 5, 67, 2049])
    for (const alpha of [...ALPHAS, 1.5, 2]) {
      const x = Float64Array.from(logits(n, 2), (v, k) => v + k * 2 ** -40);
      const dy = Float64Array.from(logits(n, 1, 0.3));
      const calls = (s: typeof sm | typeof reference) => [
        s.entmax(x, { alpha }),
        s.entmaxGrad(x, dy, { alpha }),
        s.entmaxLoss(x, [n - 1], { alpha }),
        s.entmaxLossGrad(x, [n - 1], { alpha }).dx,
      ];
      const [got, exact] = [calls(sm), calls(reference as never)];
      const errors = exact.map((tensor, k) => {
        const [values, own] = [tensor.data(), (got[k] as typeof tensor).data()];
        const most = Math.max(1, ...Array.from(values, (v) => Math.abs(Number(v))));
        return Math.max(...Array.from(values, (v, i) => Math.abs(Number(v) - Number(own[i])))) / most;
      });
      expect(Math.max(...errors), `alpha ${alpha}, n = ${n}: ${errors}`).toBeLessThan(8 * 2 ** -52);
    }
});

test.each(MODULES)('%s: a row that only rises leaves room for all of its values', (_, sm) => {
  for (const n of [1, 4, 67, 4099])
    for (const rises of [1, -1]) {
      const x = Float32Array.from({ length: n }, (_, k) => (rises * k) / 8);
      const exact = reference.sparsemax(wide(x)).data() as Float64Array;
      expect(ulps(sm.sparsemax(x).data() as Float32Array, exact), `n = ${n}, ${rises}`).toBeLessThan(0.51);
    }
});
