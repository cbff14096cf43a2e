import { expect, test } from 'vitest';
import { exactly, LENGTHS, logits, MODULES, reference, run, ulps } from './logits.ts';

test.each(MODULES)('%s: no value of any tail or block is missed', (_, sm) => {
  for (const n of LENGTHS)
    for (const name of ['softmax', 'logSoftmax', 'softmin'] as const) {
      const x = logits(n);
      expect(ulps(run(sm, name, x), exactly(name, x)), `${name}, n = ${n}`).toBeLessThan(3.5);
    }
});

test.each(MODULES)('%s: logits far from 0 are not rounded against the maximum', (_, sm) => {
  for (const start of [-1e6, -3000, -250, -207, 207, 209, 3000, 1e6])
    for (const n of [5, 64, 2050, 5000]) {
      const x = logits(n, 20, start);
      expect(ulps(run(sm, 'softmax', x), exactly('softmax', x)), `${start}, n = ${n}`).toBeLessThan(3.5);
      expect(ulps(run(sm, 'logSoftmax', x), exactly('logSoftmax', x)), `${start}`).toBeLessThan(3.5);
    }
});

test.each(MODULES)('%s: a row whose blocks lie far apart is one row', (_, sm) => {
  for (const ends of [
    [-1000, 5],
    [5, -1000],
    [1000, 5],
    [5, 1000],
    [-300, 300],
    [0, -100],
    [-100, 0],
    [60, 0],
  ]) {
    const x = Float32Array.from({ length: 4096 }, (_, k) => (ends[k >> 11] as number) + Math.sin(k));
    for (const name of ['softmax', 'logSoftmax', 'softmin'] as const)
      expect(ulps(run(sm, name, x), exactly(name, x)), `${name} of ${ends}`).toBeLessThan(3.5);
    const lse = (sm.logSumExp(x).data() as Float32Array)[0] as number;
    const exact = (reference.logSumExp(Float64Array.from(x)).data() as Float64Array)[0] as number;
    expect(lse).toBe(Math.fround(exact));
  }
});

test.each(MODULES)('%s: equal logits get equal bits in every block and lane', (_, sm) => {
  for (const value of [0, -7.3, 1e5])
    for (const n of [3, 70, 4099]) {
      const x = logits(n);
      for (let k = 0; k < n; k += 2) x[k] = value;
      const p = run(sm, 'softmax', x);
      expect(new Set(p.filter((_, k) => k % 2 === 0)).size).toBe(1);
    }
});

test.each(MODULES)('%s: a NaN or an infinity in any block of a long row is not lost', (_, sm) => {
  for (const at of [0, 1, 2047, 2048, 4098]) {
    const x = logits(4099);
    x[at] = Number.NaN;
    expect(run(sm, 'softmax', x).every(Number.isNaN)).toBe(true);
    // A payload in the low bits, which integer arithmetic could take for an exponent.
    new Uint32Array(x.buffer)[at] = 0x7fc000ff;
    expect(run(sm, 'logSoftmax', x).every(Number.isNaN)).toBe(true);
    expect((sm.logSumExp(x).data() as Float32Array)[0]).toBeNaN();
    x[at] = Number.POSITIVE_INFINITY;
    expect(run(sm, 'softmax', x).every(Number.isNaN)).toBe(true);
    expect((sm.logSumExp(x).data() as Float32Array)[0]).toBe(Number.POSITIVE_INFINITY);
    x.fill(Number.NEGATIVE_INFINITY);
    x[at] = 3;
    expect(run(sm, 'softmax', x)).toEqual(Float32Array.from(x, (v) => Number(v === 3)));
    expect((sm.logSumExp(x).data() as Float32Array)[0]).toBe(3);
  }
});

test.each(MODULES)('%s: masks, temperatures and sinks reach every block', (_, sm) => {
  const x = logits(5000);
  const mask = Uint8Array.from(x, (v, k) => Number(k % 3 !== 0 || v > 9.9));
  const hidden = x.map((v, k) => (mask[k] ? v : Number.NaN));
  for (const options of [
    { mask },
    { mask, temperature: 0.375, sink: 9 },
    { temperature: 7.5 },
    { temperature: 2 ** -13 },
    { temperature: 1e4, sink: -2 },
    { sink: 50 },
    { sink: 300 },
  ])
    for (const name of ['softmax', 'logSoftmax'] as const)
      expect(
        ulps(run(sm, name, 'mask' in options ? hidden : x, options), exactly(name, x, options)),
        `${name}, ${JSON.stringify({ ...options, mask: undefined })}`,
      ).toBeLessThan(4.5);
});

test.each(MODULES)('%s: columns are the rows that they are', (_, sm) => {
  for (const [n, inner] of [
    [1, 5],
    [3, 4],
    [5, 17],
    [33, 8],
    [64, 36],
    [2050, 18],
    [2050, 20],
  ] as const)
    for (const hole of [-1, 0, inner * n - 1]) {
      const rows = logits(inner * n);
      // One column that does not fit a window of exponents.
      rows.fill(Number.NEGATIVE_INFINITY, hole, hole + 1);
      const turn = (values: Float32Array) =>
        values.map((_, k) => values[(k % inner) * n + Math.floor(k / inner)] as number);
      const columns = { data: turn(rows), shape: [n, inner] };
      const wide = { data: Float64Array.from(columns.data), shape: [n, inner] };
      const p = sm.softmax(columns, { axis: 0 }).data() as Float32Array;
      const exact = reference.softmax(wide, { axis: 0 }).data() as Float64Array;
      expect(ulps(p, exact), `${n} × ${inner}`).toBeLessThan(3.5);
      const lse = sm.logSumExp({ data: rows, shape: [inner, n] }).data();
      expect(sm.logSumExp(columns, { axis: 0 }).data()).toEqual(lse);
    }
});

test.each(MODULES)('%s: a row of 2^24 has no error that grew with it', (_, sm) => {
  const x = sm.tensor(new Float32Array(2 ** 24).fill(3.25));
  const y = sm.softmax(x);
  const p = y.data() as Float32Array;
  expect(new Set([p[0], p[12345677], p[2 ** 24 - 1]]).size).toBe(1);
  expect(Math.abs((p[0] as number) * 2 ** 24 - 1)).toBeLessThan(2.5 * 2 ** -24);
  for (const tensor of [x, y]) tensor.dispose();
});

test.each(MODULES)(
  '%s: a logit −2²² exponents below is impossible, whatever its last bits look like',
  (_, sm) => {
    const far = Array.from({ length: 160 }, (_, k) => -2_907_350 + k);
    for (const at of [1, 9]) {
      const x = Float32Array.from(
        far.flatMap((low) => Array.from({ length: 10 }, (_, k) => (k === at ? low : k % 3))),
      );
      const exact = reference.softmax({ data: Float64Array.from(x), shape: [160, 10] }).data();
      const p = sm.softmax({ data: x, shape: [160, 10] }).data() as Float32Array;
      expect(ulps(p, exact as Float64Array)).toBeLessThan(3.5);
      const columns = sm
        .softmax({ data: across(x, 160, 10), shape: [10, 160] }, { axis: 0 })
        .data() as Float32Array;
      expect(ulps(across(columns, 10, 160), exact as Float64Array)).toBeLessThan(3.5);
      const lse = sm.logSumExp({ data: x, shape: [160, 10] }).data() as Float32Array;
      expect(new Set(lse)).toEqual(new Set(lse.subarray(0, 1)));
    }
  },
);

/** A matrix of so many rows and columns, turned over. */
function across(x: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(x, (_, k) => x[(k % rows) * columns + Math.floor(k / rows)] as number);
}
