import { type CrossEntropyOptions, cpu, createSoftmax, type HostInput, type Tensor } from '@softmax/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OnnxBackend } from '../src/onnx.ts';
import { epsOfLargest, type Tested, ulps } from './difference.ts';
import { product, random } from './random.ts';
import { RUNTIMES } from './runtimes.ts';

// A session is made for each choice of options, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const reference = createSoftmax(cpu());
const OPTIONS = product({
  masked: [false, true],
  weighted: [false, true],
  labelSmoothing: [0, 0.1, 1],
  zLoss: [0, 0.01],
  dy: [false, true],
} as const).map((choice, k) => ({
  ...choice,
  reduction: (['mean', 'sum', 'none'] as const)[(k + (k >> 2)) % 3] as 'mean' | 'sum' | 'none',
  tokens: (k >> 1) % 2 === 1,
}));

/** Rows of which one is ignored and full of NaN, and one has impossible classes beside its target. */
function problem(dtype: Tested, seed: number) {
  const next = random(seed);
  const x = dtype === 'float32' ? new Float32Array(24) : new Float64Array(24);
  for (let k = 0; k < 24; k++) x[k] = 20 * next() - 10;
  x.fill(Number.NaN, 6, 12);
  x[13] = Number.NEGATIVE_INFINITY;
  const mask = Array.from({ length: 24 }, (_, k) => [0, 7, 14, 21].includes(k % 24) || next() < 0.6);
  mask[13] = false;
  return {
    x: { data: x, shape: [4, 6] },
    target: [0, -100, 2, 3],
    mask: { data: mask, shape: [4, 6] },
    weight: [1, 2, 0.5, 0, 3, 1],
    tokenWeight: [1, 2, 0.25, 3],
    dy: [0.5, -1, 2, 0.125],
  };
}

describe.each(RUNTIMES)('%s', (_, make) => {
  let backend: OnnxBackend;
  beforeAll(async () => {
    backend = await make({ precision: 'exact', maxSessions: 8 });
  });
  afterAll(() => backend.dispose());

  test.each(['float32', 'float64'] as const)(
    'no choice of options is lost in the loss of %s',
    async (dtype) => {
      const sm = createSoftmax(backend);
      const tolerance = { float32: 1, float64: 6 }[dtype];
      const failed: object[] = [];
      const same = async (got: Tensor<'async'>, expected: Tensor<'sync'>, choice: object) => {
        const apart = epsOfLargest(await got.data(), expected.data(), dtype);
        if (!(apart <= tolerance)) failed.push({ choice, apart });
        got.dispose();
      };
      for (const [seed, choice] of OPTIONS.entries()) {
        const { x, target, mask, weight, tokenWeight, dy } = problem(dtype, seed);
        const { labelSmoothing, zLoss, reduction } = choice;
        const options: CrossEntropyOptions = {
          labelSmoothing,
          zLoss,
          reduction,
          ...(choice.masked && { mask }),
          ...(choice.weighted && { weight }),
          ...(choice.tokens && { tokenWeight }),
        };
        const cotangent: { dy?: HostInput } = choice.dy ? { dy: reduction === 'none' ? dy : 0.5 } : {};
        const got = await sm.crossEntropyGrad(x, target, { ...options, ...cotangent });
        const expected = reference.crossEntropyGrad(x, target, { ...options, ...cotangent });
        await same(got.loss, expected.loss, choice);
        await same(got.dx, expected.dx, choice);
        if (!choice.dy)
          await same(
            await sm.crossEntropy(x, target, options),
            reference.crossEntropy(x, target, options),
            choice,
          );
      }
      expect(failed).toEqual([]);
    },
  );

  test.each(product({ dtype: ['float32', 'float64'], axis: [0, 1, -1, null] } as const))(
    'log Σ exp of $dtype and its gradient along axis $axis',
    async ({ dtype, axis }) => {
      const sm = createSoftmax(backend);
      const next = random(7);
      for (let trial = 0; trial < 20; trial++) {
        const shape = [1 + Math.floor(4 * next()), 1 + Math.floor(40 * next()), 1 + Math.floor(3 * next())];
        const size = shape.reduce((a, b) => a * b);
        const draw = () => {
          const values = Array.from({ length: size }, () => 100 * next() - 50);
          return dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
        };
        const x = { data: draw(), shape };
        const options = {
          axis,
          ...(trial % 2 && { mask: { data: draw().map((v) => Number(v > 0)), shape } }),
        };
        const y = await sm.logSumExp(x, options);
        const expected = reference.logSumExp(x, options);
        expect(ulps(await y.data(), expected.data(), dtype)).toBeLessThanOrEqual(dtype === 'float32' ? 1 : 5);
        const mean = await sm.logMeanExp(x, options);
        const average = reference.logMeanExp(x, options);
        expect(ulps(await mean.data(), average.data(), dtype)).toBeLessThanOrEqual(
          dtype === 'float32' ? 1 : 5,
        );
        const dy = {
          data: draw().slice(
            0,
            y.shape.reduce((a, b) => a * b, 1),
          ),
          shape: y.shape,
        };
        const dx = await sm.logSumExpGrad(x, dy, options);
        const wanted = reference.logSumExpGrad(x, dy, options).data();
        expect(ulps(await dx.data(), wanted, dtype)).toBeLessThanOrEqual(dtype === 'float32' ? 1 : 5);
      }
    },
  );
});
