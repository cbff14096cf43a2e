import { expect, test } from 'vitest';
import { exactly, logits, MODULES, reference } from './logits.ts';

/** What rounding may cost a sum: multiples of 2^−24 of its largest term. */
const units = (got: Float32Array, exact: Float64Array, largest: (k: number) => number): number =>
  Math.max(...Array.from(exact, (value, k) => Math.abs((got[k] as number) - value) / largest(k))) * 2 ** 24;

test.each(MODULES)('%s: gradients are those of the reference in every tail and block', (_, sm) => {
  for (const n of [1, 3, 8, 67, 2049, 5000])
    for (const start of [0, 1000]) {
      const [x, dy] = [logits(n, 5, start), logits(n, 1, 0.3)];
      const [wide, dys] = [Float64Array.from(x), Float64Array.from(dy)];
      const p = exactly('softmax', x);
      const size = p.reduce((sum, own, k) => sum + own * Math.abs(dys[k] as number), 0);
      const all = dys.reduce((sum, own) => sum + Math.abs(own), 0);
      const own = (k: number) => Math.abs(dys[k] as number);
      const where = `n = ${n} from ${start}`;
      const grad = sm.softmaxGrad(x, dy).data() as Float32Array;
      const exact = reference.softmaxGrad(wide, dys).data() as Float64Array;
      expect(
        units(grad, exact, (k) => (p[k] as number) * Math.max(size, own(k))),
        where,
      ).toBeLessThan(10);
      const log = sm.logSoftmaxGrad(x, dy).data() as Float32Array;
      const exactLog = reference.logSoftmaxGrad(wide, dys).data() as Float64Array;
      expect(
        units(log, exactLog, (k) => Math.max(own(k), (p[k] as number) * all)),
        where,
      ).toBeLessThan(10);
      const lse = sm.logSumExpGrad({ data: x, shape: [1, n] }, Float32Array.of(-2.5)).data() as Float32Array;
      expect(
        units(
          lse,
          p.map((v) => -2.5 * v),
          (k) => 2.5 * (p[k] as number),
        ),
        where,
      ).toBeLessThan(6);
      const entropy = sm.crossEntropyGrad(x, [n - 1]).dx.data() as Float32Array;
      const target = p.map((v, k) => v - Number(k === n - 1));
      expect(
        units(entropy, target, (k) => (p[k] as number) + Number(k === n - 1)),
        where,
      ).toBeLessThan(6);
    }
});

test.each(MODULES)(
  '%s: the dy of an impossible entry is not used, and its gradient is exactly 0',
  (_, sm) => {
    const [x, dy] = [logits(4100), logits(4100, 1, 0.3)];
    for (const k of [0, 5, 2047, 2048, 4099]) {
      x[k] = Number.NEGATIVE_INFINITY;
      dy[k] = Number.NaN;
    }
    const kept = x.filter((v) => v !== Number.NEGATIVE_INFINITY);
    const keptDy = dy.filter((v) => v === v);
    for (const name of ['softmaxGrad', 'logSoftmaxGrad'] as const) {
      const dx = sm[name](x, dy).data() as Float32Array;
      expect(dx.filter((_, k) => x[k] === Number.NEGATIVE_INFINITY)).toEqual(new Float32Array(5));
      const exact = reference[name](
        Float64Array.from(kept),
        Float64Array.from(keptDy),
      ).data() as Float64Array;
      const left = dx.filter((_, k) => x[k] !== Number.NEGATIVE_INFINITY);
      expect(Math.max(...left.map((v, k) => Math.abs(v - (exact[k] as number))))).toBeLessThan(1e-6);
    }
  },
);
