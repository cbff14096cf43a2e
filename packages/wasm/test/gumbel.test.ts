import { expect, test } from 'vitest';
import { LENGTHS, logits, MODULES, reference, ulps } from './logits.ts';

const wide = (x: Float32Array): Float64Array => Float64Array.from(x);
const noiseOf = (n: number): Float32Array => logits(n, 3, 0.7).reverse();

test.each(MODULES)('%s: a perturbed logit is not rounded to float32, in any tail or block', (_, sm) => {
  for (const n of LENGTHS)
    for (const [start, temperature] of [
      [0, 1],
      [1000, 0.5],
      [-3e6, 7],
      [5, 2 ** -10],
    ] as const) {
      const [x, noise] = [logits(n, 10, start), noiseOf(n)];
      const p = sm.gumbelSoftmax(x, { noise, temperature }).data() as Float32Array;
      const exact = reference.gumbelSoftmax(wide(x), { noise: wide(noise), temperature });
      expect(ulps(p, exact.data() as Float64Array), `n = ${n} from ${start}`).toBeLessThan(4);
    }
});

test.each(MODULES)('%s: the hard sample is at the first maximum of the float64 sum', (_, sm) => {
  const x = Float32Array.of(2 ** 24, 2 ** 24, 2 ** 24, 0);
  const noise = Float32Array.of(0.125, 0.25, 0.25, 3);
  expect(sm.gumbelSoftmax(x, { noise, hard: true }).toArray()).toEqual([0, 1, 0, 0]);
});

test.each(MODULES)('%s: masks, NaN and infinities mean what they mean in the reference', (_, sm) => {
  for (const n of [1, 4, 7, 2050])
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      for (const hidden of [0, 1])
        for (const hard of [true, false]) {
          const [x, noise] = [logits(n), noiseOf(n)];
          x[n - 1] = value;
          const mask = Uint8Array.from(x, (_, k) => Number(k !== n - 1 || !hidden));
          const p = sm.gumbelSoftmax(x, { noise, mask, hard }).data() as Float32Array;
          const exact = reference.gumbelSoftmax(wide(x), { noise: wide(noise), mask, hard });
          const where = `n = ${n}, ${value}, hidden ${hidden}, hard ${hard}`;
          expect(ulps(p, exact.data() as Float64Array), where).toBeLessThan(4);
        }
});

test.each(MODULES)('%s: columns and their gradients are the rows that they are', (_, sm) => {
  for (const temperature of [1, 0.25]) {
    const [x, dy] = [logits(67 * 18, 2), logits(67 * 18, 1, 0.3)];
    const noise = { data: noiseOf(67 * 18), shape: [67, 18] };
    const options = { axis: 0, temperature };
    const columns = (data: Float32Array) => ({ data, shape: [67, 18] });
    const widened = (data: Float32Array) => ({ data: wide(data), shape: [67, 18] });
    const exactNoise = widened(noise.data);
    const y = sm.gumbelSoftmax(columns(x), { ...options, noise }).data() as Float32Array;
    const p = reference.gumbelSoftmax(widened(x), { ...options, noise: exactNoise }).data() as Float64Array;
    expect(ulps(y, p)).toBeLessThan(4);
    const dx = sm.gumbelSoftmaxGrad(columns(x), columns(dy), { ...options, noise }).data() as Float32Array;
    const exact = reference
      .gumbelSoftmaxGrad(widened(x), widened(dy), { ...options, noise: exactNoise })
      .data() as Float64Array;
    const units = exact.map((v, k) => Math.abs(v - (dx[k] as number)) / ((p[k] as number) / temperature));
    expect(Math.max(...units)).toBeLessThan(10 * 2 ** -23);
  }
});

test.each(MODULES)(
  '%s: float64, and temperatures that float32 has no room for, are solved in float64',
  (_, sm) => {
    for (const n of [1, 2, 5, 66, 2049])
      for (const temperature of [1, 0.3, 2 ** -40, 2 ** 40, Number.POSITIVE_INFINITY])
        for (const hidden of [0, 1]) {
          const [x, noise] = [wide(logits(n)), wide(noiseOf(n))].map((v) =>
            v.map((each, k) => each + k * 2 ** -40),
          );
          const dy = wide(logits(n, 1, 0.3));
          const mask = Uint8Array.from(dy, (__, k) => Number(k % 7 !== hidden - 1 || k === n - 1));
          const options = { noise: noise as Float64Array, temperature, mask };
          const calls = (s: typeof sm | typeof reference) => [
            s.gumbelSoftmax(x as Float64Array, options),
            s.gumbelSoftmaxGrad(x as Float64Array, dy, options),
            s.gumbelSoftmax(x as Float64Array, { ...options, hard: true }),
          ];
          const [got, exact] = [calls(sm), calls(reference as never)].map((all) =>
            all.map((tensor) => tensor.data() as Float64Array),
          );
          const errors = exact?.map((values, k) => {
            const most = Math.max(2 ** -1022, ...values.map(Math.abs));
            return Math.max(...values.map((v, i) => Math.abs(v - (got?.[k]?.[i] as number)))) / most;
          });
          expect(Math.max(...(errors as number[])), `n = ${n} at ${temperature}: ${errors}`).toBeLessThan(
            8 * 2 ** -52,
          );
        }
  },
);

test.each(MODULES)('%s: float32 near the limits of the temperature is not computed in float32', (_, sm) => {
  for (const n of [1, 5, 66])
    for (const temperature of [2 ** -40, 2 ** 40]) {
      const [x, noise] = [logits(n), noiseOf(n)];
      const p = sm.gumbelSoftmax(x, { noise, temperature }).data() as Float32Array;
      const exact = reference.gumbelSoftmax(wide(x), { noise: wide(noise), temperature });
      expect(ulps(p, exact.data() as Float64Array), `n = ${n} at ${temperature}`).toBeLessThan(0.51);
    }
});

test.each(MODULES)('%s: a hard sample of float64 is the first of equal ones that is not hidden', (_, sm) => {
  const x = Float64Array.of(1, 5, 2, 5, 5);
  const options = { noise: new Float64Array(5), hard: true, mask: Uint8Array.of(1, 0, 1, 1, 1) };
  expect(sm.gumbelSoftmax(x, options).toArray()).toEqual([0, 0, 0, 1, 0]);
  expect(sm.gumbelSoftmax(Float32Array.from(x), options).toArray()).toEqual([0, 0, 0, 1, 0]);
});
