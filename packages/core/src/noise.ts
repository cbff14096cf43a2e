import type { HostTensor } from './call.ts';
import { allocate, type FloatType, floatType } from './dtype.ts';
import { SoftmaxError } from './errors.ts';
import { toFloat16 } from './float16.ts';
import { log } from './log.ts';
import { known } from './options.ts';
import { checkShape, type Shape, sizeOf } from './shape.ts';
import { threefry } from './threefry.ts';

/** A seed: an integer of at most 64 bits, taken modulo 2⁶⁴ (−1 is 2⁶⁴ − 1). Beyond 2⁵³ as a bigint. */
export type Seed = number | bigint;

export interface NoiseOptions {
  /** Which noise: the same seed gives the same noise, everywhere and always. */
  readonly seed: Seed;
  /** Noise of its own for each integer in [0, 2³²), for example one for each step. Default: 0. */
  readonly stream?: number;
  /** Default: float64. Narrower types are rounded from it. */
  readonly dtype?: FloatType;
}

/**
 * The noise of one seed and stream, by index: u = (2k + 1)/2⁵³ with k the upper 52 of the 64 bits that
 * Threefry-2x32-20 makes of the key (seed mod 2³², ⌊seed/2³²⌋ mod 2³²) and the counter (index, stream); its first word
 * is the upper one. An index from 2³² on has no place in the counter and is refused: take another stream.
 */
export function uniforms(seed: Seed, stream = 0): (index: number) => number {
  const big = typeof seed === 'bigint';
  if (
    big ? BigInt.asUintN(64, seed) !== seed && BigInt.asIntN(64, seed) !== seed : !Number.isSafeInteger(seed)
  )
    throw new SoftmaxError('INVALID_OPTION', 'seed', seed, 'a safe integer, or a bigint of 64 bits');
  word('stream', stream);
  const key0 = big ? Number(BigInt.asUintN(32, seed)) : seed;
  const key1 = big ? Number(BigInt.asUintN(32, seed >> 32n)) : Math.floor(seed / 2 ** 32);
  const words = new Uint32Array(2);
  return (index) => {
    threefry(key0, key1, index, stream, words);
    return ((words[0] as number) * 2 ** 21 + ((words[1] as number) >>> 12) * 2 + 1) * 2 ** -53;
  };
}

function word(name: string, value: number): void {
  if (value >>> 0 !== value) throw new SoftmaxError('INVALID_OPTION', name, value, 'an integer in [0, 2^32)');
}

/** The standard Gumbel variate of u: −log(−log u), in [−3.61, 36.74]. */
const gumbelOf = (u: number): number => -log(-log(u));

/**
 * One uniform variate: a multiple of 2⁻⁵³ strictly between 0 and 1, the same on every engine.
 *
 * @param seed a safe integer, or a bigint of 64 bits
 * @param stream, index integers in [0, 2³²)
 * @throws {SoftmaxError} INVALID_OPTION
 * @see J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011
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
 * One standard Gumbel variate: −log(−log u), u = uniform(seed, stream, index).
 *
 * @param seed, stream, index as for `uniform`
 * @throws {SoftmaxError} INVALID_OPTION
 * @see E. J. Gumbel, "Statistical Theory of Extreme Values and Some Practical Applications", 1954
 * @example
 * ```ts
 * gumbel(0, 0, 0); // 0.1379…
 * ```
 */
export function gumbel(seed: Seed, stream: number, index: number): number {
  return gumbelOf(uniform(seed, stream, index));
}

/**
 * Standard Gumbel noise, gᵢ = −log(−log uᵢ), for `gumbelSoftmax`, `sample` and the like: the element i in row-major
 * order is `gumbel(seed, stream, i)`, whatever the shape.
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
  known(options, ['seed', 'stream', 'dtype']);
  const { seed, stream, dtype = 'float64' } = options;
  const wanted = typeof shape === 'number' ? [shape] : shape;
  const size = Array.isArray(wanted) ? sizeOf(wanted) : Number.NaN;
  const checked = checkShape(wanted, size <= 2 ** 32 ? size : -1, 'noise');
  const data = allocate(floatType(dtype), size);
  const u = uniforms(seed, stream);
  for (let start = 0; start < size; start += PART) {
    const part = new Float64Array(Math.min(PART, size - start));
    for (let i = 0; i < part.length; i++) part[i] = u(start + i);
    negateLog(part);
    negateLog(part);
    data.set(dtype === 'float16' ? part.map(toFloat16) : part, start);
  }
  return { data, dtype, shape: checked };
}

/** Values that are made at a time: step by step over them takes 33 ns each, and value by value 74 (Node 24, float64). */
const PART = 4096;

function negateLog(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = -log(values[i] as number);
}
