import { expect, test } from 'vitest';
import { exactly, logits, MODULES, reference, ulps } from './logits.ts';

const wide = (x: Float32Array): Float64Array => Float64Array.from(x);
const targetOf = (n: number): Float32Array =>
  Float32Array.from(exactly('softmax', logits(n, 3, 1).reverse()));

test.each(MODULES)('%s: a soft or smoothed target misses no entry of any tail or block', (_, sm) => {
  for (const n of [1, 2, 3, 5, 8, 67, 2047, 2049, 5000])
    for (const options of [{}, { labelSmoothing: 0.125 }, { labelSmoothing: 0.5, zLoss: 0.25 }])
      for (const target of [[n - 1], { probabilities: targetOf(n) }]) {
        const x = logits(n, 6);
        const { loss, dx } = sm.crossEntropyGrad(x, target as never, options);
        const exact = reference.crossEntropyGrad(wide(x), target as never, options);
        const where = `n = ${n}, ${JSON.stringify(options)}, ${Array.isArray(target)}`;
        expect(ulps(loss.data() as Float32Array, exact.loss.data() as Float64Array), where).toBeLessThan(2);
        const [got, values] = [dx.data() as Float32Array, exact.dx.data() as Float64Array];
        const most = Math.max(...values.map(Math.abs), 2 ** -20);
        const error = Math.max(...values.map((v, k) => Math.abs(v - (got[k] as number))));
        expect(error / most, where).toBeLessThan(6 * 2 ** -23);
      }
});

test.each(MODULES)('%s: the gradient of a target is that of the reference', (_, sm) => {
  for (const n of [1, 5, 2049]) {
    const x = logits(n, 6);
    const dt = sm.crossEntropyGrad(x, { probabilities: targetOf(n) }, { labelSmoothing: 0.25 });
    const exact = reference.crossEntropyGrad(
      wide(x),
      { probabilities: targetOf(n) },
      { labelSmoothing: 0.25 },
    );
    const [got, values] = [dt, exact].map((r) => (r as never as { dt: typeof r.dx }).dt.data());
    expect(ulps(got as Float32Array, values as Float64Array), `n = ${n}`).toBeLessThan(3);
  }
});

test.each(MODULES)('%s: what is hidden has no share of the smoothing, and is not read', (_, sm) => {
  const x = logits(70, 2);
  const mask = Uint8Array.from(x, (_, k) => Number(k % 3 !== 0));
  const hidden = x.map((v, k) => (mask[k] ? v : Number.NaN));
  const options = { mask, labelSmoothing: 0.5 };
  const { loss, dx } = sm.crossEntropyGrad(hidden, [1], options);
  const exact = reference.crossEntropyGrad(wide(x), [1], options);
  expect(ulps(loss.data() as Float32Array, exact.loss.data() as Float64Array)).toBeLessThan(2);
  expect((dx.data() as Float32Array).filter((_, k) => !mask[k])).toEqual(new Float32Array(24));
  const p = exactly('softmax', x, { mask });
  const got = dx.data() as Float32Array;
  const size = (k: number) => (p[k] as number) + 0.5 / 46;
  const errors = (exact.dx.data() as Float64Array).map((v, k) => Math.abs(v - (got[k] as number)) / size(k));
  expect(Math.max(...errors)).toBeLessThan(4 * 2 ** -23);
});

test.each(MODULES)('%s: soft targets down columns are those of rows', (_, sm) => {
  const x = logits(33 * 18, 3);
  const shape = [33, 18];
  const target = { probabilities: { data: targetOf(33 * 18), shape }, normalized: false } as const;
  const options = { axis: 0, reduction: 'none', labelSmoothing: 0.25 } as const;
  const loss = sm.crossEntropy({ data: x, shape }, target, options).data() as Float32Array;
  const exact = reference.crossEntropy({ data: wide(x), shape }, target, options).data() as Float64Array;
  expect(ulps(loss, exact)).toBeLessThan(2);
});
