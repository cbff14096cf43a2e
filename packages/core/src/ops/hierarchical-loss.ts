import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { known } from '../lowering/options.ts';
import { type PathGradient, type PathLossOptions, pathLoss, pathLossGrad } from '../lowering/path-loss.ts';
import { TARGET_OPTIONS } from '../lowering/tree-layer.ts';
import type { Tree } from '../tree/tree.ts';

export interface HierarchicalLossOptions extends PathLossOptions {}

export interface HierarchicalLossGradOptions extends HierarchicalLossOptions {
  /** The cotangent of the loss, in its shape; a factor of the gradient. Default: 1. */
  readonly dy?: Input;
}

export const hierarchicalLossOperation: Operation = {
  arguments: ['h', 'weight', 'target', 'tree'],
  options: ['bias', ...TARGET_OPTIONS],
  results: ['loss'],
  kernels: ['hierarchicalLoss'],
  rows: 'together',
  about: 'the loss by a tree',
};

/**
 * The negative log-likelihood of class targets under hierarchical softmax:
 * l = Σ −log p(child taken | node) over the path from the root to the target.
 * A node with two children adds −log σ(±(w·h + b)) = softplus(∓(w·h + b)), + for the first child. A
 * node with more children adds the cross-entropy of their logits. No table, no clipping; O(depth·d)
 * for each target.
 *
 * @param h features [..., d]
 * @param weight [tree.rows, d], of the dtype of h
 * @param target a class for each row of h, in its shape without d (or flat)
 * @returns one number (rank 0), or one for each row with `reduction: 'none'`
 * @throws {SoftmaxError} INVALID_TARGET names the flat index and the value; INVALID_SHAPE,
 * INVALID_DTYPE, INVALID_OPTION, INVALID_INPUT for no tree; EMPTY with `emptyMean: 'throw'`
 * @see F. Morin, Y. Bengio, "Hierarchical Probabilistic Neural Network Language Model", AISTATS
 * 2005; T. Mikolov et al., "Distributed Representations of Words and Phrases and their
 * Compositionality", NeurIPS 2013
 * @example
 * ```ts
 * hierarchicalLoss([[1, 0]], [[0, 0], [3, 4]], [2], nestedTree([[0, 1], 2])).toArray(); // 0.6931471805599453
 * ```
 */
export function hierarchicalLoss(
  h: Input,
  weight: Input,
  target: Input,
  tree: Tree,
  options: HierarchicalLossOptions = {},
): Call<'loss', 'hierarchicalLoss'> {
  known(options, hierarchicalLossOperation.options);
  return pathLoss(h, weight, target, tree, options);
}

export const hierarchicalLossGradOperation: Operation = {
  arguments: ['h', 'weight', 'target', 'tree'],
  options: ['bias', ...TARGET_OPTIONS, 'dy'],
  results: ['loss', 'dh', 'rows', 'dweight', 'dbias'],
  kernels: ['hierarchicalLossGrad'],
  gradientOf: 'hierarchicalLoss',
  rows: 'together',
  about: 'the loss and its gradients',
};

/**
 * The loss and its gradients, scaled by the reduction and `dy`: { loss, dh, rows, dweight, dbias }.
 * Gradients cover only the weight rows on the paths: row k of dweight is the gradient of weight row
 * rows[k], and dbias[k] the gradient of its bias.
 * rows (int32) ascends without repetition. Memory does not grow with the vocabulary.
 *
 * @param h, weight, target, tree as in `hierarchicalLoss`
 * @throws {SoftmaxError} as `hierarchicalLoss`; INVALID_SHAPE for a dy that does not fit
 * @example
 * ```ts
 * hierarchicalLossGrad([[1, 2]], [[0, 0], [0, 0]], [2], nestedTree([[0, 1], 2])).dweight.toArray(); // [[0.5, 1]]
 * ```
 */
export function hierarchicalLossGrad(
  h: Input,
  weight: Input,
  target: Input,
  tree: Tree,
  withDy: HierarchicalLossGradOptions = {},
): Call<'loss' | PathGradient, 'hierarchicalLossGrad'> {
  known(withDy, hierarchicalLossGradOperation.options);
  const { dy, ...options } = withDy;
  return pathLossGrad(pathLoss(h, weight, target, tree, options), dy);
}
