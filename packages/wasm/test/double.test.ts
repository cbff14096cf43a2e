import type { SoftmaxOptions } from '@softmax/core';
import { expect, test } from 'vitest';
import { exactly, LENGTHS, logits, MODULES, reference, run, ulps } from './logits.ts';

const wide = (n: number, scale = 10, start = 0): Float64Array =>
  Float64Array.from(logits(n, scale, start), (v, k) => v + k * 2 ** -40);

/** How far apart values are, relative to the exact one. */
const apart = (got: ArrayLike<number>, exact: ArrayLike<number>): number =>
  Math.max(
    ...Array.from(exact, (v, k) =>
      Object.is(got[k], v) ? 0 : Math.abs((got[k] as number) - v) / Math.max(Math.abs(v), 2 ** -1022),
    ),
  );

test.each(MODULES)('%s: float64 misses no value of any tail, near or far from 0', (_, sm) => {
  for (const n of LENGTHS)
    for (const start of [0, -1e5])
      for (const name of ['softmax', 'logSoftmax', 'softmin'] as const) {
        const x = wide(n, 30, start);
        const [got, exact] = [sm[name](x).data(), reference[name](x).data()];
        expect(apart(got, exact), `${name}, n = ${n}, at ${start}`).toBeLessThan(4 * 2 ** -52);
      }
});

test.each(MODULES)('%s: the sum of a long row of float64 has no error that grew with it', (_, sm) => {
  const p = sm.softmax(new Float64Array(2 ** 20 + 1).fill(3.25)).data() as Float64Array;
  expect(new Set(p).size).toBe(1);
  expect(Math.abs((p[0] as number) * (2 ** 20 + 1) - 1)).toBeLessThan(2 ** -51);
  expect(sm.logSumExp(new Float64Array(2 ** 20).fill(-Math.LN2 * 20)).toArray()).toBeCloseTo(0, 14);
});

test.each(MODULES)('%s: float64 gradients and losses are those of the reference, along any axis', (_, sm) => {
  const shape = [33, 18];
  const [x, g] = [wide(33 * 18), wide(33 * 18, 1, 0.3)].map((data) => ({ data, shape })) as [never, never];
  const mask = { data: Uint8Array.from({ length: 33 * 18 }, (__, k) => Number(k % 5 !== 1)), shape };
  for (const axis of [0, 1]) {
    const count = shape[1 - axis] as number;
    const classes = Int32Array.from({ length: count }, (__, r) => r % 7);
    const calls = (s: typeof sm | typeof reference) => [
      s.softmaxGrad(x, g, { axis, mask }),
      s.logSoftmaxGrad(x, g, { axis, mask }),
      s.logSumExp(x, { axis, mask }),
      s.crossEntropy(x, classes, { axis, reduction: 'none', labelSmoothing: 0.25, zLoss: 0.1 }),
      s.crossEntropyGrad(x, classes, { axis }).dx,
      s.crossEntropyGrad(x, { probabilities: g }, { axis }).dx,
    ];
    const [got, exact] = [calls(sm), calls(reference as never)];
    const errors = exact.map((tensor, k) => {
      const [values, own] = [tensor.data(), (got[k] as typeof tensor).data()];
      const most = Math.max(...Array.from(values, (v) => Math.abs(Number(v))));
      return Math.max(...Array.from(values, (v, i) => Math.abs(Number(v) - Number(own[i])))) / most;
    });
    expect(Math.max(...errors), `axis ${axis}: ${errors}`).toBeLessThan(8 * 2 ** -52);
  }
});

test.each(MODULES)(
  '%s: caps and temperatures that float32 has no room for are solved in float64',
  (_, sm) => {
    const options: readonly SoftmaxOptions[] = [
      { softcap: 2 },
      { softcap: 30, temperature: 0.5, sink: 1 },
      { temperature: 2 ** -20 },
      { temperature: 2 ** 20 },
      { temperature: 0 },
      { temperature: Number.POSITIVE_INFINITY },
    ];
    for (const each of options)
      for (const n of [1, 2, 5, 66, 2049])
        for (const name of ['softmax', 'logSoftmax'] as const) {
          const x = logits(n);
          const where = `${name}, n = ${n}, ${Object.entries(each)}`;
          expect(ulps(run(sm, name, x, each), exactly(name, x, each)), where).toBeLessThan(0.51);
        }
  },
);
