import type { HostTensor } from '../contract/call.ts';
import { SoftmaxError } from '../errors.ts';
import type { HostInput } from '../input/host-input.ts';
import { hostValues } from '../input/input.ts';
import { type FloatType, parameterType } from '../layout/dtype.ts';
import { fitsShape, type Shape } from '../layout/shape.ts';
import { type Seed, seededNoise } from './noise.ts';
import { numbers } from './options.ts';

/**
 * The source of Gumbel noise: a seed (with an optional stream) or the noise itself. Exactly one of
 * the two.
 */
export type NoiseSource =
  | {
      /**
       * An integer of at most 64 bits: the noise is `gumbelNoise(shape of x, { seed, stream })`.
       */
      readonly seed: Seed;
      /** An independent stream of noise for each integer in [0, 2³²). Default: 0. */
      readonly stream?: number;
      readonly noise?: never;
    }
  | {
      /** Noise: finite numbers in the shape of x. */
      readonly noise: HostInput;
      readonly seed?: never;
      readonly stream?: never;
    };
export const NOISE_OPTIONS: readonly (keyof NoiseSource)[] = ['seed', 'stream', 'noise'];

/** Returns the noise in the shape of x and the parameter type, multiplied by `scale`. */
export function noiseFor(source: NoiseSource, shape: Shape, dtype: FloatType, scale = 1): HostTensor {
  const { seed, stream = 0, noise } = source;
  const type = parameterType(dtype);
  if ((seed === undefined) === (noise === undefined) || (noise !== undefined && source.stream !== undefined))
    throw new SoftmaxError(
      'INVALID_OPTION',
      'options',
      Object.keys(source).join(', '),
      'a seed (and a stream) or noise',
    );
  if (seed !== undefined) return seededNoise(shape, seed, stream, scale, type);
  const values = hostValues(noise, 'noise');
  fitsShape('noise', values.shape, shape);
  const data = new Float64Array(values.data.length);
  for (let i = 0; i < data.length; i++) data[i] = Number(values.data[i]) * scale;
  return numbers('noise', data, shape, type, -Number.MAX_VALUE, Number.MAX_VALUE);
}
