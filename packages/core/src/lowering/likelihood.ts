import type { Call, HostTensor, Operand, Result } from '../contract/call.ts';
import type { Likelihood } from '../contract/kernels.ts';
import type { Tensor } from '../contract/tensor.ts';
import { SoftmaxError } from '../errors.ts';
import type { HostInput } from '../input/host-input.ts';
import { floats, type Input } from '../input/input.ts';
import { type Cut, cutClasses } from '../layout/axis.ts';
import type { FloatType } from '../layout/dtype.ts';
import { fitsShape, type Shape } from '../layout/shape.ts';
import { normalizedGuard } from './normalized.ts';
import { flag, inRange, known, maskFor } from './options.ts';
import {
  lossResult,
  REDUCTION_OPTIONS,
  type Reduction,
  type ReductionOptions,
  reduction,
} from './reduction.ts';
import { rowsOf } from './row-wise.ts';
import { classesOf, classWeightsOf } from './targets.ts';

export interface LikelihoodOptions extends ReductionOptions {
  /** The class axis. Default: −1. */
  readonly axis?: number;
  /**
   * The float type to convert host logits to; a tensor must already have it. Default: the type of
   * the logits, float32 for integers and booleans.
   */
  readonly dtype?: FloatType;
  /**
   * One weight ≥ 0 for each class; a mean over class targets divides by the weights of the targets.
   * Default: 1.
   */
  readonly weight?: HostInput;
  /** Rows with this target are skipped. Default: −100. */
  readonly ignoreIndex?: number;
  /**
   * α in [0, 1]: the target becomes (1 − α)·target + α/K, spread over the K unmasked classes.
   * Default: 0.
   */
  readonly labelSmoothing?: number;
  /**
   * Booleans, broadcast to x: true is a possible class. A hidden target is an error. Default: all.
   */
  readonly mask?: HostInput;
}
export const LIKELIHOOD_OPTIONS: readonly (keyof LikelihoodOptions)[] = [
  'axis',
  'dtype',
  'weight',
  'ignoreIndex',
  'labelSmoothing',
  'mask',
  ...REDUCTION_OPTIONS,
];

/**
 * Targets as a distribution over the classes, in the shape of x. The property name separates them
 * from class indices.
 */
export interface Probabilities {
  readonly probabilities: Input;
  /**
   * Throws on a row that does not sum to 1 within 0.001, or has a negative entry or NaN.
   * Default: false, rows need not be normalised.
   */
  readonly normalized?: boolean;
}

export interface LikelihoodCall {
  readonly problem: Likelihood;
  readonly inputs: { readonly x: Operand; readonly [name: string]: Operand | undefined };
  readonly results: { readonly loss: Result };
  readonly guard: Call['guard'];
  readonly fill: number | undefined;
  /** The power of two by which the losses of a row and the class weights are multiplied. */
  readonly unit: number;
}

/** The parts that all losses against class or probability targets share. */
export function likelihood(
  input: Input,
  target: Input | Probabilities,
  options: LikelihoodOptions,
  names: readonly string[] = LIKELIHOOD_OPTIONS,
): LikelihoodCall {
  const { x, rows, like, fill, ...call } = rowsOf(input, options, names, 'x', cutClasses);
  const { dtype, n } = call.problem;
  const { shape } = like;
  const smoothing = inRange('labelSmoothing', options.labelSmoothing ?? 0, 0, 1);
  const mask = maskFor(options.mask, shape, rows);
  const classWeights = classWeightsOf(options.weight, n, dtype);
  const { reduced, inputs, guard } = isProbabilities(target)
    ? probabilityTarget(target, shape, options, rows, dtype, mask)
    : classTarget(target, options, rows, dtype, mask, classWeights);
  return {
    problem: { ...call.problem, smoothing, sum: reduced.sum, denominator: reduced.denominator },
    inputs: {
      x,
      ...inputs,
      weights: { from: reduced.weights },
      mask,
      classWeights: classWeights && { from: classWeights, source: 'weight' },
    },
    results: { loss: lossResult(reduced, rows, dtype) },
    fill: fill === undefined ? fill : 0 / reduced.denominator,
    guard,
    unit: reduced.unit,
  };
}

export const isProbabilities = (target: Input | Probabilities): target is Probabilities =>
  target !== null && typeof target === 'object' && 'probabilities' in target;

interface Target {
  readonly reduced: Reduction;
  readonly inputs: { readonly [name: string]: Operand };
  readonly guard?: Call['guard'];
}

function classTarget(
  target: Input,
  options: LikelihoodOptions,
  rows: Cut,
  dtype: FloatType,
  mask: Operand | undefined,
  classWeights: HostTensor | undefined,
): Target {
  const classes = classesOf(target, rows, options.ignoreIndex, mask);
  const reduced = reduction(options, rows, dtype, classes, classWeights);
  const data = classes.map((c) => Math.max(c, 0));
  return {
    reduced,
    inputs: { classes: { from: { data, dtype: 'int32', shape: rows.reduced, lasting: true } } },
  };
}

function probabilityTarget(
  target: Probabilities,
  shape: Shape,
  options: LikelihoodOptions,
  rows: Cut,
  dtype: FloatType,
  mask: Operand | undefined,
): Target {
  if (options.ignoreIndex !== undefined)
    throw new SoftmaxError(
      'INVALID_OPTION',
      'ignoreIndex',
      options.ignoreIndex,
      'class targets; weigh rows by tokenWeight',
    );
  const from: HostTensor | Tensor = floats(target.probabilities, 'target', dtype);
  known(target, ['probabilities', 'normalized'], 'target');
  fitsShape('target', from.shape, shape);
  // A mean over probability targets divides by the number of rows, independent of the class
  // weights.
  const reduced = reduction(options, rows, dtype);
  const check = normalizedGuard(rows, dtype, reduced.weights.data, mask);
  const guard = flag('normalized', target.normalized) ? { input: 'target', check } : undefined;
  return { reduced, inputs: { target: { from, source: 'target' } }, guard };
}
