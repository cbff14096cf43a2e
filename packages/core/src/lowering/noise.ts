import type { HostTensor } from '../contract/call.ts';
import type { SeededNoise } from '../contract/seeded-noise.ts';
import { SoftmaxError, typedError } from '../errors.ts';
import { type FloatType, floatType, type Host } from '../layout/dtype.ts';
import { rounded } from '../layout/rows.ts';
import { checkShape, type Shape, sizeOf } from '../layout/shape.ts';
import { log } from './log.ts';
import { known } from './options.ts';
import { threefry } from './threefry.ts';

/**
 * A seed: an integer of at most 64 bits, taken modulo 2⁶⁴ (−1 is 2⁶⁴ − 1). Use a bigint beyond 2⁵³.
 */
export type Seed = number | bigint;

export interface NoiseOptions {
  /** The seed; equal seeds give equal noise on every platform and in every version. */
  readonly seed: Seed;
  /**
   * An independent stream of noise for each integer in [0, 2³²), for example one for each step.
   * Default: 0.
   */
  readonly stream?: number;
  /** The type of the noise. Default: float64. Narrower types are rounded from it. */
  readonly dtype?: FloatType;
}

/**
 * Returns the noise of one seed and stream, by index: u = (2k + 1)/2⁵³ with k the upper 52 of the
 * 64 bits that Threefry-2x32-20 computes from the key (seed mod 2³², ⌊seed/2³²⌋ mod 2³²) and the
 * counter (index, stream); its first word is the upper one. The counter has no place for an index
 * from 2³² on, which throws: take another stream.
 */
export function uniforms(seed: Seed, stream = 0): (index: number) => number {
  const [key0, key1] = keyOf(seed, stream);
  const words = new Uint32Array(2);
  return (index) => {
    threefry(key0, key1, index, stream, words);
    return ((words[0] as number) * 2 ** 21 + ((words[1] as number) >>> 12) * 2 + 1) * 2 ** -53;
  };
}

function keyOf(seed: Seed, stream: number): SeededNoise['key'] {
  const fits =
    typeof seed === 'bigint'
      ? BigInt.asUintN(64, seed) === seed || BigInt.asIntN(64, seed) === seed
      : Number.isSafeInteger(seed);
  if (!fits) throw new SoftmaxError('INVALID_OPTION', 'seed', seed, 'a safe integer or a 64-bit bigint');
  word('stream', stream);
  const whole = BigInt(seed);
  return [Number(BigInt.asUintN(32, whole)), Number(BigInt.asUintN(32, whole >> 32n))];
}

function word(name: string, value: number): void {
  if (typeof value !== 'number' || value >>> 0 !== value)
    throw new SoftmaxError('INVALID_OPTION', name, value, 'an integer in [0, 2^32)');
}

/**
 * One uniform variate: a multiple of 2⁻⁵³ strictly between 0 and 1, equal on every engine.
 *
 * @param seed a safe integer, or a bigint of 64 bits
 * @param stream, index integers in [0, 2³²)
 * @throws {SoftmaxError} INVALID_OPTION
 * @see J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1,
 * 2, 3", 2011
 * @example
 * ```ts
 * uniform(0, 0, 0); // 0.4184…
 * ```
 */
export function uniform(seed: Seed, stream: number, index: number): number {
  word('index', index);
  return uniforms(seed, stream)(index);
}

/**
 * One standard Gumbel variate: −log(−log u), in [−3.61, 36.74], u = uniform(seed, stream, index).
 *
 * @param seed, stream, index as in `uniform`
 * @throws {SoftmaxError} INVALID_OPTION
 * @see E. J. Gumbel, "Statistical Theory of Extreme Values and Some Practical Applications", 1954
 * @example
 * ```ts
 * gumbel(0, 0, 0); // 0.1379…
 * ```
 */
export function gumbel(seed: Seed, stream: number, index: number): number {
  return -log(-log(uniform(seed, stream, index)));
}

/**
 * Standard Gumbel noise, gᵢ = −log(−log uᵢ), for `gumbelSoftmax`, `sample` and
 * `sampleWithoutReplacement`. Element i in row-major order is `gumbel(seed, stream, i)` for every
 * shape.
 *
 * @param shape a shape, or the length of a vector; at most 2³² values
 * @returns host values { data, dtype, shape }
 * @throws {SoftmaxError} INVALID_SHAPE, INVALID_OPTION, INVALID_DTYPE
 * @example
 * ```ts
 * gumbelNoise([2, 2], { seed: 0 }).data[0]; // 0.1379…
 * ```
 */
export function gumbelNoise(shape: Shape | number, options: NoiseOptions): HostTensor {
  try {
    return noiseOf(shape, options);
  } catch (error) {
    throw typedError(error, 'arguments');
  }
}

function noiseOf(shape: Shape | number, options: NoiseOptions): HostTensor {
  known(options, ['seed', 'stream', 'dtype']);
  const { seed, stream = 0, dtype = 'float64' } = options;
  const wanted = typeof shape === 'number' ? [shape] : shape;
  const checked = checkShape(wanted, undefined, 'noise', 2 ** 32);
  const size = sizeOf(checked);
  return { data: valuesOf(seed, stream, size, 1, floatType(dtype)), dtype, shape: checked };
}

/**
 * Returns the noise multiplied by `scale`, for a validated shape. A backend may generate it;
 * otherwise reading `data` does.
 */
export function seededNoise(
  shape: Shape,
  seed: Seed,
  stream: number,
  scale: number,
  dtype: SeededNoise['dtype'],
): HostTensor {
  const length = sizeOf(shape);
  return {
    seeded: { key: keyOf(seed, stream), stream, length, scale, dtype },
    get data() {
      return valuesOf(seed, stream, length, scale, dtype);
    },
    dtype,
    shape,
    lasting: true,
  };
}

/**
 * Generates all values in steps: 30 ns a value, against 74 one by one
 * (Node 24, 50 257 values of float64).
 */
function valuesOf(seed: Seed, stream: number, length: number, scale: number, dtype: FloatType): Host {
  const u = uniforms(seed, stream);
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = u(i);
  for (const factor of [-1, -scale])
    for (let i = 0; i < length; i++) values[i] = log(values[i] as number) * factor;
  return rounded(values, dtype);
}
