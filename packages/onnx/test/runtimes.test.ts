import { cpu, createSoftmax, toFloat16 } from '@softmax/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OnnxBackend } from '../src/onnx.ts';
import { ulps } from './difference.ts';
import { random } from './random.ts';
import { RUNTIMES } from './runtimes.ts';

// Each test makes sessions, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const reference = createSoftmax(cpu());
const ops = ['softmax', 'logSoftmax'] as const;
const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

describe.each(RUNTIMES)('%s', (_, make) => {
  const made: OnnxBackend[] = [];
  const on = (k: number) => createSoftmax(made[k] as OnnxBackend);
  beforeAll(async () => {
    made.push(
      await make({ precision: 'exact' }),
      await make({ precision: 'fast' }),
      await make({ precision: 'accurate' }),
    );
  });
  afterAll(() => Promise.all(made.map((backend) => backend.dispose())));

  test.each(ops)('ReduceMax loses NaN by position: not %s, at any place, in any precision', async (op) => {
    for (const sm of [on(0), on(1), on(2)])
      for (const Values of [Float32Array, Float64Array])
        for (const n of [1, 2, 5, 8, 17, 300])
          for (const at of new Set([0, 1, n >> 1, n - 1].filter((k) => k < n)))
            for (const special of specials) {
              const data = new Values(2 * n).map((_, k) => Math.sin(k));
              data[at] = special;
              const x = { data, shape: [2, n] };
              const got = await (await sm[op](x)).data();
              const expected = reference[op](x).data();
              const kind = (v: number) => (v !== v ? 'NaN' : v === 0 || !Number.isFinite(v) ? v : 'finite');
              expect(Array.from(got, kind)).toEqual(Array.from(expected, kind));
            }
  });

  test('the NaN that ReduceMax loses is no −inf row, whatever fills those', async () => {
    for (const emptyRow of ['zero', 'uniform'] as const) {
      const y = await on(0).softmax([Number.NEGATIVE_INFINITY, Number.NaN, Number.NEGATIVE_INFINITY], {
        emptyRow,
      });
      expect(await y.toArray()).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    }
    const lse = await on(0).logSumExp([Number.NEGATIVE_INFINITY, Number.NaN]);
    expect(await lse.toArray()).toBeNaN();
  });

  test.each([1, 0.9])(
    'the optimiser leaves the compensation of float64 alone at T = %d',
    async (temperature) => {
      const next = random(3);
      // Full mantissas: the difference of shorter ones is exact without any compensation.
      const x = new Float64Array(4000).map(() => 637.3 * Math.sqrt(next()) - 600);
      const y = await on(0).softmax(x, { temperature });
      expect(
        ulps(await y.data(), reference.softmax(x, { temperature }).data(), 'float64'),
      ).toBeLessThanOrEqual(4);
    },
  );

  test.each([
    [1, 1 << 18, 1],
    [1, 1 << 14, 16],
  ])('a float64 sum does not lose accuracy with the length of the row: %i × %i × %i', async (...shape) => {
    const next = random(5);
    const x = { data: Float64Array.from({ length: 1 << 18 }, () => 10 * next()), shape };
    const y = await on(0).softmax(x, { axis: 1 });
    expect(ulps(await y.data(), reference.softmax(x, { axis: 1 }).data(), 'float64')).toBeLessThanOrEqual(4);
  });

  test.each(ops)(
    'the optimiser leaves the compensation of float32 alone, at any length of the row: %s',
    async (op) => {
      const next = random(13);
      for (const [n, size] of [
        [64, 100],
        [4096, 40],
        [50_257, 10],
        [1 << 20, 10],
      ] as const) {
        const x = Float32Array.from({ length: n }, () => size * (2 * next() - 1));
        const y = await on(2)[op](x);
        expect(ulps(await y.data(), reference[op](x).data(), 'float32')).toBeLessThanOrEqual(4);
      }
    },
  );

  test('a float32 sum of nearly equal terms stays within level S1 in the fast precision', async () => {
    for (const n of [256, 257, 4096, 50_257]) {
      for (const low of [-0.3, -0.7, -1.1]) {
        const x = new Float32Array(n).fill(low).fill(0, 0, 1);
        const y = await on(1).softmax(x);
        const worst = ulps(await y.data(), reference.softmax(x).data(), 'float32');
        expect(worst).toBeLessThanOrEqual(4 + 2 * Math.log2(n));
      }
    }
  });

  test('float16 goes in and comes out as bits, and feeds the next call: Node 24 takes no float16 tensors', async () => {
    const bits = Uint16Array.of(0x3c00, 0x4000, 0x4200, 0x7c00 - 1);
    const x = { data: bits, shape: [4], dtype: 'float16' };
    const sm = on(0);
    const held = sm.tensor(x);
    expect(await held.data()).toEqual(bits);
    const y = await sm.logSoftmax(held);
    const expected = reference.logSoftmax(x);
    expect([y.dtype, await y.data()]).toEqual(['float16', expected.data()]);
    expect(await (await sm.softmax(y)).data()).toEqual(reference.softmax(expected).data());
  });

  test('the optimiser takes a factor that is 1 in float32 for 1: float16 is rounded without one', async () => {
    const next = random(9);
    const data = Uint16Array.from({ length: 4096 }, () => toFloat16(20 * next() - 10));
    const x = { data, shape: [16, 256], dtype: 'float16' };
    expect(await (await on(0).softmax(x)).data()).toEqual(reference.softmax(x).data());
  });

  test('200 calls at once are all right', async () => {
    const sm = on(0);
    const op = (k: number) => ops[k % 2] as 'softmax' | 'logSoftmax';
    const rows = Array.from({ length: 200 }, (_, k) => [k % 7, (k * k) % 11, k % 3]);
    const all = await Promise.all(rows.map((row, k) => sm[op(k)](Float32Array.from(row))));
    for (const [k, y] of all.entries()) {
      const expected = reference[op(k)](Float32Array.from(rows[k] as number[]));
      expect(ulps(await y.data(), expected.data(), 'float32')).toBeLessThanOrEqual(1);
    }
  });

  test('a result feeds the next call, and disposing of it leaves the others', async () => {
    const sm = on(0);
    const logits = await sm.logSoftmax(
      sm.tensor([
        [1, 2],
        [3, 4],
      ]),
      { axis: 0 },
    );
    const again = await sm.softmax(logits, { axis: 0 });
    logits.dispose();
    await expect(sm.softmax(logits)).rejects.toMatchObject({ code: 'DISPOSED' });
    expect(await (await sm.softmax(again, { axis: [0, 1] })).data()).toHaveLength(4);
  });

  test('bad input rejects, and never throws', async () => {
    const sm = on(0);
    await expect(sm.softmax([1], { axis: 3 })).rejects.toMatchObject({ code: 'INVALID_AXIS' });
    await expect(sm.crossEntropy([[1, 2]], [2])).rejects.toMatchObject({ code: 'INVALID_TARGET' });
    const foreign = createSoftmax(await make()).tensor([1, 2]);
    await expect(sm.softmax(foreign)).rejects.toMatchObject({ code: 'FOREIGN_TENSOR' });
  });

  test('a provider that there is not fails with its name', async () => {
    const backend = await make({ providers: ['abacus'] });
    await expect(createSoftmax(backend).softmax([1, 2])).rejects.toMatchObject({
      code: 'BACKEND_FAILED',
      message: expect.stringContaining('abacus'),
    });
  });
});
