import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import { SoftmaxError } from '../errors.ts';
import type { Input } from '../input/input.ts';
import { known } from '../lowering/options.ts';
import { type HierarchicalOptions, hierarchical, walked } from '../lowering/tree-layer.ts';
import type { Tree } from '../tree/tree.ts';

export const hierarchicalTopKOperation: Operation = {
  arguments: ['h', 'weight', 'tree', 'k'],
  options: ['bias'],
  results: ['classes', 'logProbs'],
  kernels: ['hierarchicalTopK'],
  rows: 'together',
  about: 'the k likeliest classes',
};

/**
 * Finds the k most probable classes under hierarchical softmax by best-first search from the root:
 * { classes, logProbs }, in descending order; among equals the lower class first. A NaN on the way
 * gives classes −1 and logProbs NaN for the whole row.
 *
 * @param h, weight, tree as in `hierarchicalLoss`
 * @param k an integer in [1, tree.leaves]
 * @returns classes (int32) and logProbs, both [..., k]
 * @throws {SoftmaxError} INVALID_SHAPE, INVALID_DTYPE, INVALID_OPTION, INVALID_INPUT
 * @see F. Morin, Y. Bengio, "Hierarchical Probabilistic Neural Network Language Model", AISTATS
 * 2005
 * @example
 * ```ts
 * hierarchicalTopK([[1]], [[0], [0]], nestedTree([[0, 1], 2]), 2).classes.toArray(); // [[2, 0]]
 * ```
 */
export function hierarchicalTopK(
  h: Input,
  weight: Input,
  tree: Tree,
  k: number,
  options: HierarchicalOptions = {},
): Call<'classes' | 'logProbs', 'hierarchicalTopK'> {
  known(options, hierarchicalTopKOperation.options);
  const { inputs, rows, problem, fill } = hierarchical(h, weight, tree, options);
  if (!Number.isInteger(k) || k < 1 || k > tree.leaves)
    throw new SoftmaxError('INVALID_OPTION', 'k', k, `an integer in [1, ${tree.leaves}]`);
  const shape = [...rows.reduced, k];
  return {
    kernel: 'hierarchicalTopK',
    problem: { ...problem, k },
    inputs: { ...inputs, ...walked(tree) },
    results: { classes: { shape, dtype: 'int32' }, logProbs: { shape, dtype: problem.dtype } },
    fill,
  };
}
