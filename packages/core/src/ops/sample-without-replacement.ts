import type { Call, Operand } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import { SoftmaxError } from '../errors.ts';
import type { Input } from '../input/input.ts';
import { NOISE_OPTIONS } from '../lowering/noise-source.ts';
import { draw, type SampleOptions } from './sample.ts';

export const sampleWithoutReplacementOperation: Operation = {
  arguments: ['x', 'k'],
  options: ['axis', 'dtype', 'mask', 'temperature', ...NOISE_OPTIONS],
  results: ['classes'],
  kernels: ['gumbelTopK'],
  rows: 'apart',
  about: 'k different classes of each row',
};

/**
 * Draws k different classes of each row from softmax(x/T) without replacement
 * (the Plackett–Luce model), in the order of the draw: the k largest x + T·g, g standard Gumbel
 * noise. The first class equals the draw of `sample` with the same noise.
 *
 * @param x logits, the classes along `axis`
 * @param k the number of draws, at most the number of possible classes (above −inf and not masked)
 * of any row
 * @returns int32 classes, in the shape of x with k for the length of its class axis
 * @throws {SoftmaxError} INVALID_OPTION: k above the possible classes; otherwise as `sample`
 * @see W. Kool, H. van Hoof, M. Welling, "Stochastic Beams and Where to Find Them: The Gumbel-Top-k
 * Trick for Sampling Sequences Without Replacement", 2019, arXiv 1903.06059
 * @example
 * ```ts
 * sampleWithoutReplacement([0, 0, -Infinity], 2, { noise: [1, 2, 9] }).toArray(); // [1, 0]
 * ```
 */
export function sampleWithoutReplacement(
  x: Input,
  k: number,
  options: SampleOptions,
): Call<'classes', 'gumbelTopK'> {
  if (!Number.isSafeInteger(k) || k < 1)
    throw new SoftmaxError('INVALID_OPTION', 'k', k, 'a positive integer');
  const call = draw(x, k, options);
  const { shape } = (call.inputs['x'] as Operand).from;
  const axis = options.axis ?? -1;
  const drawn = shape.map((length, d) => (d === axis || d === axis + shape.length ? k : length));
  return { ...call, results: { classes: { shape: drawn, dtype: 'int32' } } };
}
