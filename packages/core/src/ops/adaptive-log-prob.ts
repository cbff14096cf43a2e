import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import type { AdaptiveParameters } from '../lowering/adaptive-layer.ts';
import { type AdaptiveGradient, clusterLoss, clusterLossGrad } from '../lowering/cluster-loss.ts';
import { withoutLoss } from '../lowering/loss-grad.ts';
import { known } from '../lowering/options.ts';
import type { TargetOptions } from '../lowering/tree-layer.ts';

export interface AdaptiveLogProbOptions extends TargetOptions {}

export const adaptiveLogProbOperation: Operation = {
  arguments: ['h', 'parameters', 'target'],
  options: ['ignoreIndex'],
  results: ['logProbs'],
  kernels: ['adaptiveLoss'],
  rows: 'together',
  about: 'log-probabilities of targets',
};

/**
 * Log-probabilities of targets under adaptive softmax: log p(class), or
 * log p(tail) + log p(class | tail).
 *
 * @param h, parameters, target as in `adaptiveLoss`
 * @returns one value for each row of h; 0 for an ignored row
 * @throws {SoftmaxError} as `adaptiveLoss`
 * @see E. Grave et al., "Efficient softmax approximation for GPUs", ICML 2017, arXiv 1609.04309
 * @example
 * ```ts
 * const p = { cutoffs: [1], head: [[0], [0]], tails: [{ projection: [[1]], weight: [[0], [0]] }] };
 * adaptiveLogProb([[1]], p, [2]).toArray(); // [-1.3862943611198906]
 * ```
 */
export function adaptiveLogProb(
  h: Input,
  parameters: AdaptiveParameters,
  target: Input,
  options: AdaptiveLogProbOptions = {},
): Call<'loss', 'adaptiveLoss'> {
  known(options, adaptiveLogProbOperation.options);
  return clusterLoss(h, parameters, target, { ...options, reduction: 'none' }, -1);
}

export const adaptiveLogProbGradOperation: Operation = {
  arguments: ['h', 'parameters', 'target', 'dy'],
  options: ['ignoreIndex'],
  results: ['dh', 'dhead', 'dheadBias'],
  extraResults: { 'dprojection#': 'parameters', 'dtail#': 'parameters' },
  kernels: ['adaptiveLossGrad'],
  gradientOf: 'adaptiveLogProb',
  rows: 'together',
  about: 'its gradients',
};

/**
 * The vector–Jacobian product of `adaptiveLogProb`:
 * { dh, dhead, dheadBias, dprojection0, dtail0, … }.
 *
 * @param dy the cotangent, one for each row of h
 * @throws {SoftmaxError} as `adaptiveLoss`; INVALID_SHAPE for a dy that does not fit
 * @example
 * ```ts
 * const p = { cutoffs: [1], head: [[0], [0]], tails: [{ projection: [[1]], weight: [[0]] }] };
 * adaptiveLogProbGrad([[1]], p, [0], [2]).dhead.toArray(); // [[1], [-1]]
 * ```
 */
export function adaptiveLogProbGrad(
  h: Input,
  parameters: AdaptiveParameters,
  target: Input,
  dy: Input,
  options: AdaptiveLogProbOptions = {},
): Call<AdaptiveGradient, 'adaptiveLossGrad'> {
  known(options, adaptiveLogProbOperation.options);
  const call = clusterLoss(h, parameters, target, { ...options, reduction: 'none' }, -1);
  return withoutLoss<AdaptiveGradient, 'adaptiveLossGrad'>(clusterLossGrad(call, dy));
}
