import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import type { AdaptiveParameters } from '../lowering/adaptive-layer.ts';
import {
  type AdaptiveGradient,
  type ClusterLossOptions,
  clusterLoss,
  clusterLossGrad,
} from '../lowering/cluster-loss.ts';
import { known } from '../lowering/options.ts';
import { TARGET_OPTIONS } from '../lowering/tree-layer.ts';

export interface AdaptiveLossOptions extends ClusterLossOptions {}

export interface AdaptiveLossGradOptions extends AdaptiveLossOptions {
  /** The cotangent of the loss, in its shape; a factor of the gradient. Default: 1. */
  readonly dy?: Input;
}

export const adaptiveLossOperation: Operation = {
  arguments: ['h', 'parameters', 'target'],
  options: TARGET_OPTIONS,
  results: ['loss'],
  kernels: ['adaptiveLoss'],
  rows: 'together',
  about: 'the loss of adaptive softmax',
};

/**
 * The negative log-likelihood of class targets under adaptive softmax. A class of the head has loss
 * −log softmax(head·h + headBias)[class].
 * A class of tail i has the loss −log softmax(head·h + headBias)[cutoffs[0] + i] − log
 * softmax(weightᵢ·projectionᵢ·h)[class − cutoffs[i]]. Only tails with a target are computed.
 *
 * @param h features [..., d]
 * @param parameters { cutoffs, head, headBias, tails }, of the dtype of h
 * @param target a class for each row of h, in its shape without d (or flat)
 * @returns one number (rank 0), or one for each row with `reduction: 'none'`
 * @throws {SoftmaxError} INVALID_TARGET names the flat index and the value; INVALID_SHAPE, also for
 * a tail of width 0; INVALID_DTYPE, INVALID_OPTION; EMPTY with `emptyMean: 'throw'`
 * @see E. Grave et al., "Efficient softmax approximation for GPUs", ICML 2017, arXiv 1609.04309
 * @example
 * ```ts
 * const p = { cutoffs: [1], head: [[0], [0]], tails: [{ projection: [[1]], weight: [[0], [0]] }] };
 * adaptiveLoss([[1]], p, [2]).toArray(); // 1.3862943611198906
 * ```
 */
export function adaptiveLoss(
  h: Input,
  parameters: AdaptiveParameters,
  target: Input,
  options: AdaptiveLossOptions = {},
): Call<'loss', 'adaptiveLoss'> {
  known(options, adaptiveLossOperation.options);
  return clusterLoss(h, parameters, target, options);
}

export const adaptiveLossGradOperation: Operation = {
  arguments: ['h', 'parameters', 'target'],
  options: [...TARGET_OPTIONS, 'dy'],
  results: ['loss', 'dh', 'dhead', 'dheadBias'],
  extraResults: { 'dprojection#': 'parameters', 'dtail#': 'parameters' },
  kernels: ['adaptiveLossGrad'],
  gradientOf: 'adaptiveLoss',
  rows: 'together',
  about: 'the loss and its gradients',
};

/**
 * The adaptive softmax loss and its gradients, scaled by the reduction and `dy`:
 * { loss, dh, dhead, dheadBias, dprojection0, dtail0, dprojection1, … }. Each gradient has the
 * shape of its argument; it is 0 for a tail without a target.
 *
 * @param h, parameters, target as in `adaptiveLoss`
 * @throws {SoftmaxError} as `adaptiveLoss`; INVALID_SHAPE for a dy that does not fit
 * @example
 * ```ts
 * const p = { cutoffs: [1], head: [[0], [0]], tails: [{ projection: [[1]], weight: [[0]] }] };
 * adaptiveLossGrad([[1]], p, [0]).dhead.toArray(); // [[-0.5], [0.5]]
 * ```
 */
export function adaptiveLossGrad(
  h: Input,
  parameters: AdaptiveParameters,
  target: Input,
  withDy: AdaptiveLossGradOptions = {},
): Call<'loss' | AdaptiveGradient, 'adaptiveLossGrad'> {
  known(withDy, adaptiveLossGradOperation.options);
  const { dy, ...options } = withDy;
  return clusterLossGrad(clusterLoss(h, parameters, target, options), dy);
}
