import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { withoutLoss } from '../lowering/loss-grad.ts';
import { known } from '../lowering/options.ts';
import { type PathGradient, pathLoss, pathLossGrad } from '../lowering/path-loss.ts';
import type { HierarchicalOptions, TargetOptions } from '../lowering/tree-layer.ts';
import type { Tree } from '../tree/tree.ts';

export interface HierarchicalLogProbOptions extends HierarchicalOptions, TargetOptions {}

export const hierarchicalLogProbOperation: Operation = {
  arguments: ['h', 'weight', 'target', 'tree'],
  options: ['bias', 'ignoreIndex'],
  results: ['logProbs'],
  kernels: ['hierarchicalLoss'],
  rows: 'together',
  about: 'log-probabilities of targets',
};

/**
 * Log-probabilities of targets under hierarchical softmax: Σ log p(child taken | node) over the
 * path of each target.
 *
 * @param h, weight, target, tree as in `hierarchicalLoss`
 * @returns one value for each row of h; 0 for an ignored row
 * @throws {SoftmaxError} as `hierarchicalLoss`
 * @see F. Morin, Y. Bengio, "Hierarchical Probabilistic Neural Network Language Model", AISTATS
 * 2005
 * @example
 * ```ts
 * hierarchicalLogProb([[1]], [[0], [0]], [0], nestedTree([[0, 1], 2])).toArray(); // [-1.3862943611198906]
 * ```
 */
export function hierarchicalLogProb(
  h: Input,
  weight: Input,
  target: Input,
  tree: Tree,
  options: HierarchicalLogProbOptions = {},
): Call<'loss', 'hierarchicalLoss'> {
  known(options, hierarchicalLogProbOperation.options);
  return pathLoss(h, weight, target, tree, { ...options, reduction: 'none' }, -1);
}

export const hierarchicalLogProbGradOperation: Operation = {
  arguments: ['h', 'weight', 'target', 'tree', 'dy'],
  options: ['bias', 'ignoreIndex'],
  results: ['dh', 'rows', 'dweight', 'dbias'],
  kernels: ['hierarchicalLossGrad'],
  gradientOf: 'hierarchicalLogProb',
  rows: 'together',
  about: 'its gradients',
};

/**
 * The vector–Jacobian product of `hierarchicalLogProb`: { dh, rows, dweight, dbias }, in the form
 * of `hierarchicalLossGrad`.
 *
 * @param dy the cotangent, one for each row of h
 * @throws {SoftmaxError} as `hierarchicalLoss`; INVALID_SHAPE for a dy that does not fit
 * @example
 * ```ts
 * hierarchicalLogProbGrad([[1]], [[0]], [1], nestedTree([0, 1]), [2]).dweight.toArray(); // [[-1]]
 * ```
 */
export function hierarchicalLogProbGrad(
  h: Input,
  weight: Input,
  target: Input,
  tree: Tree,
  dy: Input,
  options: HierarchicalLogProbOptions = {},
): Call<PathGradient, 'hierarchicalLossGrad'> {
  known(options, hierarchicalLogProbOperation.options);
  const call = pathLoss(h, weight, target, tree, { ...options, reduction: 'none' }, -1);
  return withoutLoss<PathGradient, 'hierarchicalLossGrad'>(pathLossGrad(call, dy));
}
