import { cpu, createSoftmax, type Host, type Softmax, type SoftmaxOptions } from '@softmax/core';
import { type WasmBuffer, wasm } from '../src/index.ts';

const [plain, relaxed] = await Promise.all([wasm({ relaxed: false }), wasm()]);
export const MODULES: readonly (readonly [string, Softmax<WasmBuffer, 'sync'>])[] = [
  ['plain', createSoftmax(plain)],
  ['relaxed', createSoftmax(relaxed)],
];
/** Everything in float64, rounded to float32 here: no part of it is shared with the kernels. */
export const reference: Softmax<Host, 'sync'> = createSoftmax(cpu());

/** Every tail, and both sides of a run of 64 values and of a block of 2048. */
export const LENGTHS: readonly number[] = [
  ...Array.from({ length: 70 }, (_, k) => k + 1),
  127,
  128,
  129,
  2047,
  2048,
  2049,
  4099,
  6144,
];

/** Logits that wander over [−10, 10] without a pattern of their own. */
export const logits = (n: number, scale = 10, start = 0): Float32Array =>
  Float32Array.from({ length: n }, (_, k) => start + scale * Math.sin(k * k * 0.7 + k));

export const ulps = (got: Float32Array, exact: Float32Array | Float64Array): number =>
  Math.max(
    ...Array.from(exact, (value, k) => {
      const size = Math.max(Math.abs(Math.fround(value)), 2 ** -126);
      const unit = 2 ** (Math.floor(Math.log2(size)) - 23);
      const off = Math.abs((got[k] as number) - value) / unit;
      return Object.is(got[k], value) || Object.is(got[k], Math.fround(value)) ? 0 : off;
    }),
  );

export type Name = 'softmax' | 'logSoftmax' | 'softmin';
export const run = <B>(sm: Softmax<B, 'sync'>, name: Name, x: Float32Array, options: SoftmaxOptions = {}) =>
  sm[name](x, options).data() as Float32Array;
export const exactly = (name: Name, x: Float32Array, options: SoftmaxOptions = {}) =>
  reference[name](Float64Array.from(x), options).data() as Float64Array;
