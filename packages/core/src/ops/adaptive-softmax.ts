import type { Call, Result } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { type AdaptiveParameters, adaptive, gradientShapes } from '../lowering/adaptive-layer.ts';
import type { AdaptiveGradient } from '../lowering/cluster-loss.ts';
import { flag, known } from '../lowering/options.ts';
import { vjp } from '../lowering/vjp.ts';

export interface AdaptiveSoftmaxOptions {
  /** Returns logarithms, which stay accurate where probabilities underflow. Default: false. */
  readonly log?: boolean;
}

export const adaptiveSoftmaxOperation: Operation = {
  arguments: ['h', 'parameters'],
  options: ['log'],
  results: ['y'],
  kernels: ['adaptiveSoftmax'],
  rows: 'together',
  about: 'probabilities, frequent classes first',
};

/**
 * Probabilities of all classes under adaptive softmax: p(class) in the head,
 * p(tail)·p(class | tail) in a tail. They sum to 1.
 *
 * @param h, parameters as in `adaptiveLoss`
 * @returns [..., classes]
 * @throws {SoftmaxError} INVALID_SHAPE, INVALID_DTYPE, INVALID_OPTION
 * @see E. Grave et al., "Efficient softmax approximation for GPUs", ICML 2017, arXiv 1609.04309
 * @example
 * ```ts
 * const p = { cutoffs: [1], head: [[0], [0]], tails: [{ projection: [[1]], weight: [[0], [0]] }] };
 * adaptiveSoftmax([[1]], p).toArray(); // [[0.5, 0.25, 0.25]]
 * ```
 */
export function adaptiveSoftmax(
  h: Input,
  parameters: AdaptiveParameters,
  options: AdaptiveSoftmaxOptions = {},
): Call<'y', 'adaptiveSoftmax'> {
  known(options, adaptiveSoftmaxOperation.options);
  const { rows, problem, inputs, tails, classes } = adaptive(h, parameters);
  return {
    kernel: 'adaptiveSoftmax',
    problem: { ...problem, log: flag('log', options.log) },
    inputs: Object.assign({}, inputs, ...tails),
    results: { y: { shape: [...rows.reduced, classes], dtype: problem.dtype } },
    fill: problem.outer === 0 ? 0 : undefined,
  };
}

export const adaptiveSoftmaxGradOperation: Operation = {
  arguments: ['h', 'parameters', 'dy'],
  options: ['log'],
  results: ['dh', 'dhead', 'dheadBias'],
  extraResults: { 'dprojection#': 'parameters', 'dtail#': 'parameters' },
  kernels: ['adaptiveSoftmaxGrad'],
  gradientOf: 'adaptiveSoftmax',
  rows: 'together',
  about: 'its gradients',
};

/**
 * The vector–Jacobian product of `adaptiveSoftmax`:
 * { dh, dhead, dheadBias, dprojection0, dtail0, … }. Each gradient has the shape of its argument.
 * The formula is the one of a tree with two levels, whose nodes are the head and the tails.
 *
 * @param h, parameters as in `adaptiveSoftmax`
 * @param dy the cotangent, [..., classes]; its entry for an impossible class is not read
 * @param options the options of the forward call
 * @throws {SoftmaxError} as `adaptiveSoftmax`; INVALID_SHAPE, INVALID_DTYPE for a dy that does not
 * fit
 * @example
 * ```ts
 * const p = { cutoffs: [1], head: [[0], [0]], tails: [{ projection: [[1]], weight: [[0]] }] };
 * adaptiveSoftmaxGrad([[1]], p, [[1, 0]]).dhead.toArray(); // [[0.25], [-0.25]]
 * ```
 */
export function adaptiveSoftmaxGrad(
  h: Input,
  parameters: AdaptiveParameters,
  dy: Input,
  options: AdaptiveSoftmaxOptions = {},
): Call<AdaptiveGradient, 'adaptiveSoftmaxGrad'> {
  const call = adaptiveSoftmax(h, parameters, options);
  const { dtype, n } = call.problem;
  const shapes = { dh: [...call.results.y.shape.slice(0, -1), n], ...gradientShapes(call.problem) };
  const results = Object.entries(shapes).map(([name, shape]) => [name, { shape, dtype }]);
  return vjp(
    'adaptiveSoftmaxGrad',
    call,
    dy,
    Object.fromEntries(results) as { readonly [name in AdaptiveGradient]: Result },
  );
}
