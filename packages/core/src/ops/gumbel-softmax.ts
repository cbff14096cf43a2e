import { type Axis, cut } from '../axis.ts';
import type { Call } from '../call.ts';
import { floatType, parameter } from '../dtype.ts';
import type { HostInput } from '../host-input.ts';
import { floats, type Input } from '../input.ts';
import { inRange, known, maskFor } from '../options.ts';
import { fitsShape, sizeOf } from '../shape.ts';
import { NOISE_SOURCE, type NoiseSource, noiseFor } from './noise-source.ts';

export type GumbelSoftmaxOptions = NoiseSource & {
  /** What is normalised together. Default: −1, the last axis. */
  readonly axis?: Axis;
  /** Booleans, broadcast to x: true takes part. A masked entry gets 0 and is never read. Default: all. */
  readonly mask?: HostInput;
  /** τ in [0, +∞]: 0 is the hard sample. Default: 1. */
  readonly temperature?: number;
  /** An exact one-hot vector at the largest x + g, the first of equal ones. Default: false. */
  readonly hard?: boolean;
};

const NAMES = ['axis', 'mask', 'temperature', 'hard', ...NOISE_SOURCE];

/**
 * A relaxed sample of the categorical distribution softmax(x): softmax((x + g)/τ) with standard Gumbel noise g, one for
 * each element; where `hard`, the one-hot vector of its class. −inf is never chosen; empty rows as in `softmax`.
 *
 * @param x logits of any shape; the result has the same shape and float type
 * @throws {SoftmaxError} INVALID_OPTION (τ < 0 or NaN; not exactly one of seed and noise), INVALID_SHAPE, INVALID_AXIS
 * @see E. Jang, S. Gu, B. Poole, "Categorical Reparameterization with Gumbel-Softmax", 2017, arXiv 1611.01144;
 * C. J. Maddison, A. Mnih, Y. W. Teh, "The Concrete Distribution", 2017, arXiv 1611.00712
 * @example
 * ```ts
 * gumbelSoftmax([0, 0], { noise: [0, Math.log(3)] }).toArray(); // [0.25, 0.7499…]
 * gumbelSoftmax([1, 2, 3], { seed: 0, hard: true }).toArray(); // [0, 0, 1]
 * ```
 */
export function gumbelSoftmax(x: Input, options: GumbelSoftmaxOptions): Call<'y', 'gumbelSoftmax'> {
  const from = floats(x);
  const dtype = floatType(from.dtype);
  known(options ?? {}, NAMES);
  const rows = cut(from.shape, options?.axis);
  const { outer, n, inner, order } = rows;
  const noise = noiseFor(options ?? {}, from.shape, dtype);
  const temperature = parameter(
    inRange('temperature', options.temperature ?? 1, 0, Number.POSITIVE_INFINITY),
    dtype,
  );
  return {
    kernel: 'gumbelSoftmax',
    problem: { outer, n, inner, dtype, temperature, hard: options.hard === true || temperature === 0 },
    inputs: {
      x: { from, order },
      noise: { from: noise, order },
      mask: maskFor(options.mask, from.shape, rows),
    },
    results: { y: { shape: from.shape, dtype, order } },
    fill: sizeOf(from.shape) === 0 ? 0 : undefined,
  };
}

/**
 * The vector–Jacobian product of the soft sample at the same noise: dx = p ∘ (dy − Σ p·dy)/τ, p = softmax((x + g)/τ).
 * Also where the sample is hard (the straight-through estimator of Jang et al., §2.2); 0 at τ = 0.
 * Masked and −inf entries get exactly 0.
 *
 * @param dy the cotangent, of the shape of x
 * @param options those of the forward call, with the same seed or noise
 * @example
 * ```ts
 * gumbelSoftmaxGrad([0, 0], [1, 0], { noise: [5, 5], temperature: 0.5 }).toArray(); // [0.5, -0.5]
 * ```
 */
export function gumbelSoftmaxGrad(
  x: Input,
  dy: Input,
  options: GumbelSoftmaxOptions,
): Call<'dx', 'gumbelSoftmaxGrad'> {
  const { problem, inputs, results, fill } = gumbelSoftmax(x, options);
  const cotangent = floats(dy, 'dy', problem.dtype);
  fitsShape('dy', cotangent.shape, results.y.shape);
  return {
    kernel: 'gumbelSoftmaxGrad',
    problem,
    inputs: { ...inputs, dy: { from: cotangent, order: results.y.order } },
    results: { dx: results.y },
    fill,
  };
}
