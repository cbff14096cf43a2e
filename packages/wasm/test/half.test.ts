import { fromFloat16, toFloat16 } from '@softmax/core';
import { expect, test } from 'vitest';
import { wasm } from '../src/index.ts';
import type { Memory } from '../src/memory.ts';
import { LENGTHS, logits, MODULES, reference } from './logits.ts';

const { memory } = (await wasm()) as never as { memory: Memory };
const ALL = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

test('every float16 has the value that it has, as float32 and as float64', () => {
  const x = memory.upload(ALL, 'float16');
  for (const dtype of ['float32', 'float64'] as const) {
    const y = memory.allocate(dtype, ALL.length);
    memory.convert(x, y);
    const got = memory.view(y);
    expect(ALL.findIndex((bits, k) => !Object.is(got[k], fromFloat16(bits)))).toBe(-1);
  }
});

test('what is between two float16 is rounded once, ties to even, from float32 and from float64', () => {
  const finite = [...ALL].filter((bits) => (bits & 0x7fff) < 0x7c00);
  // Halfway to the next one, and as little as there is on both sides of it.
  const between = finite.flatMap((bits) => {
    const low = fromFloat16(bits);
    const high = (bits & 0x7fff) === 0x7bff ? Math.sign(low) * 65536 : fromFloat16(bits + 1);
    const middle = (low + high) / 2;
    return [low, middle, middle * (1 + 2 ** -23), middle * (1 - 2 ** -23), middle * (1 + 2 ** -40)];
  });
  const ends = [0, -0, 1e-30, -1e-30, 1e30, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const values = [...between, ...ends];
  for (const [dtype, given] of [
    ['float32', Float32Array.from(values)],
    ['float64', Float64Array.from(values)],
  ] as const) {
    const x = memory.upload(given, dtype);
    const y = memory.allocate('float16', values.length);
    memory.convert(x, y);
    const got = memory.view(y);
    expect(given.findIndex((v, k) => got[k] !== toFloat16(v))).toBe(-1);
  }
});

const half = (values: Float32Array) => Uint16Array.from(values, toFloat16);
const apart = (got: Uint16Array, exact: Uint16Array) =>
  Math.max(...exact.map((bits, k) => Math.abs(bits - (got[k] as number))));

test.each(MODULES)('%s: float16 rows miss no value of any tail, along any axis', (_, sm) => {
  for (const n of LENGTHS)
    for (const [shape, axis] of [
      [[3, n], 1],
      [[n, 3], 0],
    ] as const)
      for (const name of ['softmax', 'logSoftmax'] as const) {
        const x = { data: half(logits(3 * n)), shape, dtype: 'float16' } as const;
        const y = sm[name](x, { axis }).data() as Uint16Array;
        const exact = reference[name](x, { axis }).data() as Uint16Array;
        expect(apart(y, exact), `${name}, ${shape}`).toBeLessThanOrEqual(1);
      }
});

test.each(MODULES)('%s: float16 losses and gradients are those of float32, rounded', (_, sm) => {
  const x = { data: half(logits(5 * 33)), shape: [5, 33], dtype: 'float16' } as const;
  const single = { data: Float32Array.from(x.data, fromFloat16), shape: x.shape };
  for (const [axis, count] of [
    [1, 5],
    [0, 33],
  ] as const) {
    const classes = Int32Array.from({ length: count }, (_, r) => r % 5);
    for (const labelSmoothing of [0, 0.25]) {
      const options = { axis, labelSmoothing, reduction: 'none' } as const;
      const got = sm.crossEntropyGrad(x, classes, options);
      const wide = sm.crossEntropyGrad(single, classes, options);
      for (const part of ['loss', 'dx'] as const)
        expect(
          apart(got[part].data() as Uint16Array, half(wide[part].data() as Float32Array)),
        ).toBeLessThanOrEqual(1);
    }
  }
});
