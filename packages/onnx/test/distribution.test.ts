import { cpu, createSoftmax, type SoftmaxOptions } from '@softmax/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OnnxBackend } from '../src/onnx.ts';
import { epsOfLargest, type Tested, ulps } from './difference.ts';
import { product, random } from './random.ts';
import { RUNTIMES } from './runtimes.ts';

// A session is made for each choice of options, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const reference = createSoftmax(cpu());
const SHAPE = [3, 5, 2];
const SIZE = 30;

const array = (dtype: Tested, values: readonly number[]) =>
  dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values);

/** Rows of which one is masked out, one is only −inf, one has a NaN; the masks hide infinities and NaN too. */
function inputs(dtype: Tested, seed: number) {
  const next = random(seed);
  const draw = (low: number, high: number, length = SIZE) =>
    Array.from({ length }, () => low + (high - low) * next());
  const x = draw(-10, 10);
  const mask = draw(0, 1).map((v) => v < 0.7);
  for (let k = 0; k < 5; k++) {
    mask[2 * k] = false;
    x[10 + 2 * k] = Number.NEGATIVE_INFINITY;
  }
  x[0] = Number.NaN;
  x[21] = Number.NaN;
  x[3] = Number.NEGATIVE_INFINITY;
  mask[3] = true;
  const shaped = (data: readonly number[]) => ({ data: array(dtype, data), shape: SHAPE });
  return {
    x: shaped(x),
    dy: shaped(draw(-1, 1)),
    mask: { data: mask, shape: SHAPE },
    temperatures: [0.3, 1, 0, Number.POSITIVE_INFINITY, ...draw(0.3, 3, 2)],
    sinks: draw(-5, 8, 6),
  };
}

/** The fill value of a row depends on the mask and the sink, not on T and the cap. */
const OPTIONS = [
  ...product({
    masked: [false, true],
    sink: [false, true],
    emptyRow: [undefined, 'nan', 'zero', 'uniform'],
    temperature: [undefined],
    softcap: [undefined],
  } as const),
  ...product({
    masked: [false, true],
    sink: [false, true],
    emptyRow: [undefined],
    temperature: [0.7, 'rows'],
    softcap: [undefined, 4],
  } as const),
];

describe.each(RUNTIMES)('%s', (_, make) => {
  let backend: OnnxBackend;
  beforeAll(async () => {
    backend = await make({ precision: 'exact', maxSessions: 8 });
  });
  afterAll(() => backend.dispose());

  const cases = product({
    op: ['softmax', 'softmin', 'logSoftmax', 'softmaxGrad', 'softminGrad', 'logSoftmaxGrad'],
    dtype: ['float32', 'float64'],
  } as const);

  test.each(cases)('no choice of options is lost in $op of $dtype', async ({ op, dtype }) => {
    const sm = createSoftmax(backend);
    const allowed = { float32: 1, float64: 5 }[dtype];
    const failed: object[] = [];
    for (const [seed, choice] of OPTIONS.entries()) {
      const gradient = op.endsWith('Grad');
      if (gradient && choice.emptyRow !== undefined) continue;
      const { x, dy, mask, temperatures, sinks } = inputs(dtype, seed);
      const options: SoftmaxOptions = {
        axis: 1,
        ...(choice.masked && { mask }),
        ...(choice.sink && { sink: sinks }),
        ...(choice.softcap && { softcap: choice.softcap }),
        ...(choice.emptyRow && { emptyRow: choice.emptyRow }),
        ...(choice.temperature !== undefined && {
          temperature: choice.temperature === 'rows' ? temperatures : choice.temperature,
        }),
      };
      const [got, expected] =
        op === 'softmaxGrad' || op === 'softminGrad' || op === 'logSoftmaxGrad'
          ? [await sm[op](x, dy, options), reference[op](x, dy, options)]
          : [await sm[op](x, options), reference[op](x, options)];
      const apart = (gradient ? epsOfLargest : ulps)(await got.data(), expected.data(), dtype);
      // A float64 cap rounds its logits, which the exponential turns into an error of 4c/T ulp in either.
      const blur = choice.softcap && dtype === 'float64' ? 60 : 0;
      if (!(apart <= allowed + blur)) failed.push({ choice, apart });
      got.dispose();
    }
    expect(failed).toEqual([]);
  });
});
