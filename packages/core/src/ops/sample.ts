import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { HostInput } from '../input/host-input.ts';
import type { Input } from '../input/input.ts';
import { cutClasses } from '../layout/axis.ts';
import type { FloatType } from '../layout/dtype.ts';
import { NOISE_OPTIONS, type NoiseSource, noiseFor } from '../lowering/noise-source.ts';
import { inRange, maskFor } from '../lowering/options.ts';
import { rowsOf } from '../lowering/row-wise.ts';
import { supportGuard } from '../lowering/support.ts';

export type SampleOptions = NoiseSource & {
  /** The class axis. Default: −1. */
  readonly axis?: number;
  /**
   * The float type to convert host logits to; a tensor must already have it. Default: the type of
   * the logits, float32 for integers and booleans.
   */
  readonly dtype?: FloatType;
  /** Booleans, broadcast to x: true is a possible class. Default: all. */
  readonly mask?: HostInput;
  /** T in [0, 2⁹⁶]: draws from softmax(x/T); 0 takes the largest logits. Default: 1. */
  readonly temperature?: number;
};

export const sampleOperation: Operation = {
  arguments: ['x'],
  options: ['axis', 'dtype', 'mask', 'temperature', ...NOISE_OPTIONS],
  results: ['classes'],
  kernels: ['gumbelTopK'],
  rows: 'apart',
  about: 'a class of each row, drawn',
};

/**
 * Draws one class of each row from softmax(x/T) by the Gumbel-max trick: argmax x + T·g, g standard
 * Gumbel noise.
 * Impossible classes (−inf or masked) are never drawn.
 *
 * @param x logits, the classes along `axis`
 * @returns int32 classes, in the shape of x without its class axis
 * @throws {SoftmaxError} EMPTY: a row without a possible class; INVALID_INPUT: NaN or +inf in a
 * row; INVALID_OPTION, INVALID_SHAPE, INVALID_AXIS
 * @see C. J. Maddison, D. Tarlow, T. Minka, "A* Sampling", 2014, arXiv 1411.0030
 * @example
 * ```ts
 * sample([[0, -Infinity], [0, 0]], { noise: [[0, 9], [1, 2]] }).toArray(); // [0, 1]
 * ```
 */
export function sample(x: Input, options: SampleOptions): Call<'classes', 'gumbelTopK'> {
  return draw(x, 1, options);
}

/**
 * Lowers k draws without replacement. The result has the shape for k = 1;
 * `sampleWithoutReplacement` replaces it.
 */
export function draw(x: Input, k: number, options: SampleOptions): Call<'classes', 'gumbelTopK'> {
  const settings = options ?? {};
  const {
    rows,
    problem,
    x: operand,
    like,
    fill,
  } = rowsOf(x, settings, sampleOperation.options, 'x', cutClasses);
  const { dtype } = problem;
  const mask = maskFor(settings.mask, like.shape, rows);
  const scale = inRange('temperature', settings.temperature ?? 1, 0, 2 ** 96);
  const noise = noiseFor(settings, like.shape, dtype, scale);
  return {
    kernel: 'gumbelTopK',
    problem: { ...problem, k },
    inputs: { x: operand, noise: { from: noise, source: 'noise', scale }, mask },
    results: { classes: { shape: rows.reduced, dtype: 'int32' } },
    fill,
    guard: { input: 'x', check: supportGuard(rows, dtype, k, mask) },
  };
}
