import type { Call, Operand, Result } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { parameter } from '../layout/dtype.ts';
import { NOISE_OPTIONS, type NoiseSource, noiseFor } from '../lowering/noise-source.ts';
import { flag, inRange } from '../lowering/options.ts';
import { rowWise, type SparsemaxOptions } from '../lowering/row-wise.ts';
import { vjp } from '../lowering/vjp.ts';

export type GumbelSoftmaxOptions = NoiseSource &
  SparsemaxOptions & {
    /** τ in [0, +∞]: 0 is the hard sample. Default: 1. */
    readonly temperature?: number;
    /**
     * Returns an exact one-hot vector at the largest x + g, the first of equal ones.
     * Default: false.
     */
    readonly hard?: boolean;
  };

type GumbelCall = Call<'y', 'gumbelSoftmax'> & { readonly results: { readonly y: Result } };

export const gumbelSoftmaxOperation: Operation = {
  arguments: ['x'],
  options: ['axis', 'dtype', 'mask', 'temperature', 'hard', ...NOISE_OPTIONS],
  results: ['y'],
  kernels: ['gumbelSoftmax'],
  rows: 'apart',
  about: 'a relaxed sample',
};

/**
 * Draws a relaxed sample of the categorical distribution softmax(x): softmax((x + g)/τ) with
 * standard Gumbel noise g, one value for each element. With `hard` it is the one-hot vector of the
 * drawn class. −inf is never chosen; empty rows are treated as in `softmax`.
 *
 * @param x logits of any shape; the result has the same shape and float type
 * @throws {SoftmaxError} INVALID_OPTION (τ < 0 or NaN; not exactly one of seed and noise),
 * INVALID_SHAPE, INVALID_AXIS
 * @see E. Jang, S. Gu, B. Poole, "Categorical Reparameterization with Gumbel-Softmax", 2017,
 * arXiv 1611.01144; C. J. Maddison, A. Mnih, Y. W. Teh, "The Concrete Distribution", 2017,
 * arXiv 1611.00712
 * @example
 * ```ts
 * gumbelSoftmax([0, 0], { noise: [0, Math.log(3)] }).toArray(); // [0.25, 0.7499…]
 * gumbelSoftmax([1, 2, 3], { seed: 0, hard: true }).toArray(); // [0, 0, 1]
 * ```
 */
export function gumbelSoftmax(x: Input, options: GumbelSoftmaxOptions): Call<'y', 'gumbelSoftmax'> {
  return lower(x, options);
}

export const gumbelSoftmaxGradOperation: Operation = {
  arguments: ['x', 'dy'],
  options: ['axis', 'dtype', 'mask', 'temperature', 'hard', ...NOISE_OPTIONS],
  results: ['dx'],
  kernels: ['gumbelSoftmaxGrad'],
  gradientOf: 'gumbelSoftmax',
  rows: 'apart',
  about: 'its gradient',
};

/**
 * The vector–Jacobian product of the soft sample at the same noise:
 * dx = p ∘ (dy − Σ p·dy)/τ, p = softmax((x + g)/τ).
 * A hard sample has the same gradient (the straight-through estimator of Jang et al., §2.2). It is
 * 0 at τ = 0.
 * Masked and −inf entries get exactly 0.
 *
 * @param dy the cotangent, of the shape of x
 * @param options the options of the forward call, with the same seed or noise
 * @throws {SoftmaxError} as `gumbelSoftmax`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not
 * fit
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
  const call = lower(x, options);
  return vjp('gumbelSoftmaxGrad', call, dy, { dx: call.results.y });
}

// Without options neither seed nor noise is present; the error reports that.
function lower(x: Input, options: GumbelSoftmaxOptions): GumbelCall {
  const settings = options ?? {};
  const { problem, inputs, results, fill } = rowWise(x, settings, gumbelSoftmaxOperation.options);
  const { dtype } = problem;
  const { shape, order } = results.y;
  const noise: Operand = { from: noiseFor(settings, shape, dtype), order, source: 'noise' };
  const { temperature: t = 1 } = settings;
  const hard = flag('hard', settings.hard);
  const temperature = parameter(inRange('temperature', t, 0, Number.POSITIVE_INFINITY), dtype);
  return {
    kernel: 'gumbelSoftmax',
    problem: { ...problem, temperature, hard: hard || temperature === 0 },
    inputs: { ...inputs, noise },
    results,
    fill,
  };
}
