import { cut } from '../axis.ts';
import type { Call } from '../call.ts';
import { floatType } from '../dtype.ts';
import { SoftmaxError } from '../errors.ts';
import type { HostInput } from '../host-input.ts';
import { floats, type Input } from '../input.ts';
import { inRange, known, maskFor } from '../options.ts';
import { sizeOf } from '../shape.ts';
import { cotangent, lossResult, REDUCTION, type ReductionOptions, reduction } from './reduction.ts';
import { classesOf, classWeightsOf } from './targets.ts';

export interface CrossEntropyOptions extends ReductionOptions {
  /** The class axis. Default: −1. */
  readonly axis?: number;
  /** One weight ≥ 0 for each class; a mean divides by the weights of the targets. Default: 1. */
  readonly weight?: HostInput;
  /** Rows with this target are skipped. Default: −100. */
  readonly ignoreIndex?: number;
  /** α in [0, 1]: the target becomes (1 − α)·target + α/K, spread over the K unmasked classes. Default: 0. */
  readonly labelSmoothing?: number;
  /** Booleans, broadcast to the logits: true is a possible class. A hidden target is an error. Default: all. */
  readonly mask?: HostInput;
  /** c ≥ 0: adds c·logSumExp² of each row to its loss (Chowdhery et al., "PaLM", 2022, §5). Default: 0. */
  readonly zLoss?: number;
}

export interface CrossEntropyGradOptions extends CrossEntropyOptions {
  /** What the gradient is multiplied by: the cotangent of the loss, in its shape. Default: 1. */
  readonly dy?: HostInput;
}

const NAMES = ['axis', 'weight', 'ignoreIndex', 'labelSmoothing', 'mask', 'zLoss', ...REDUCTION];

/**
 * The cross-entropy of class targets y: l = w_y·(1 − α)·(lse − x_y) + α/K·Σ_c w_c·(lse − x_c) + zLoss·lse²,
 * lse = logSumExp(x). Mean: Σ l / Σ w_y over the rows that are not ignored. Never clipped.
 *
 * @param x logits, the classes along `axis`
 * @param target the class of each row, integers in any array, in the shape of x without its class axis (or flat)
 * @returns one number (rank 0), or with `reduction: 'none'` one for each row
 * @throws {SoftmaxError} INVALID_TARGET names the flat index and the value; EMPTY with `emptyMean: 'throw'`
 * @see C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016, §7 (label smoothing)
 * @example
 * ```ts
 * crossEntropy([[100, 0], [0, 0]], [1, -100]).toArray(); // 100
 * ```
 */
export function crossEntropy(
  x: Input,
  target: HostInput,
  options: CrossEntropyOptions = {},
): Call<'loss', 'crossEntropy'> {
  known(options, NAMES);
  const from = floats(x);
  const dtype = floatType(from.dtype);
  if (options.axis !== undefined && typeof options.axis !== 'number')
    throw new SoftmaxError('INVALID_AXIS', 'axis', options.axis, 'one axis, that of the classes');
  const rows = cut(from.shape, options.axis);
  const { outer, n, inner, reduced } = rows;
  const { ignoreIndex = -100, labelSmoothing = 0, zLoss = 0 } = options;
  if (!Number.isInteger(ignoreIndex))
    throw new SoftmaxError('INVALID_OPTION', 'ignoreIndex', ignoreIndex, 'an integer');
  const mask = maskFor(options.mask, from.shape, rows);
  const classes = classesOf(target, rows, ignoreIndex, mask);
  const classWeights = classWeightsOf(options.weight, n, dtype);
  const ignored = (row: number) => classes[row] === -1;
  const weightOf = (row: number) =>
    classWeights ? (classWeights.data[classes[row] as number] as number) : 1;
  const reduce = reduction(options, rows, dtype, weightOf, ignored);
  return {
    kernel: 'crossEntropy',
    problem: {
      outer,
      n,
      inner,
      dtype,
      smoothing: inRange('labelSmoothing', labelSmoothing, 0, 1),
      zLoss: inRange('zLoss', zLoss, 0, Number.MAX_VALUE),
      sum: reduce.sum,
      denominator: reduce.denominator,
    },
    inputs: {
      x: { from },
      classes: { from: { data: classes.map((c) => Math.max(c, 0)), dtype: 'int32', shape: reduced } },
      weights: { from: reduce.weights },
      mask,
      classWeights: classWeights && { from: classWeights },
    },
    results: { loss: lossResult(reduce, rows, dtype) },
    fill: sizeOf(from.shape) === 0 ? 0 / reduce.denominator : undefined,
  };
}

/**
 * The cross-entropy and its gradient in one pass: { loss, dx }, dx = (Σ_c w_c·q_c)·p − w∘q + 2·zLoss·lse·p, scaled by
 * the reduction and `dy`; p = softmax(x), q the smoothed target. Ignored rows, masked and −inf entries get exactly 0.
 *
 * @param x logits, the classes along `axis`
 * @param target as for `crossEntropy`
 * @example
 * ```ts
 * crossEntropyGrad([[0, 0]], [1]).dx.toArray(); // [[0.5, -0.5]]
 * ```
 */
export function crossEntropyGrad(
  x: Input,
  target: HostInput,
  { dy, ...options }: CrossEntropyGradOptions = {},
): Call<'loss' | 'dx', 'crossEntropyGrad'> {
  const { problem, inputs, results, fill } = crossEntropy(x, target, options);
  const { dtype } = problem;
  const { from } = inputs['x'] as NonNullable<(typeof inputs)['x']>;
  return {
    kernel: 'crossEntropyGrad',
    problem,
    inputs: { ...inputs, dy: cotangent(dy, results.loss.shape, problem) },
    results: { ...results, dx: { shape: from.shape, dtype } },
    fill,
  };
}
