import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { flag, known } from '../lowering/options.ts';
import { type HierarchicalOptions, hierarchical, walked } from '../lowering/tree-layer.ts';
import { vjp } from '../lowering/vjp.ts';
import type { Tree } from '../tree/tree.ts';

export interface HierarchicalSoftmaxOptions extends HierarchicalOptions {
  /** Returns logarithms, which stay accurate where probabilities underflow. Default: false. */
  readonly log?: boolean;
}

export const hierarchicalSoftmaxOperation: Operation = {
  arguments: ['h', 'weight', 'tree'],
  options: ['bias', 'log'],
  results: ['y'],
  kernels: ['hierarchicalSoftmax'],
  rows: 'together',
  about: 'probabilities by a tree',
};

/**
 * Probabilities of all classes under hierarchical softmax: Π p(child taken | node) over the path of
 * each class. They sum to 1. O(V·d) for each row of h.
 *
 * @param h, weight, tree as in `hierarchicalLoss`
 * @returns [..., tree.leaves]
 * @throws {SoftmaxError} INVALID_SHAPE, INVALID_DTYPE, INVALID_OPTION, INVALID_INPUT
 * @see F. Morin, Y. Bengio, "Hierarchical Probabilistic Neural Network Language Model", AISTATS
 * 2005
 * @example
 * ```ts
 * hierarchicalSoftmax([[1]], [[0], [0]], nestedTree([[0, 1], 2])).toArray(); // [[0.25, 0.25, 0.5]]
 * ```
 */
export function hierarchicalSoftmax(
  h: Input,
  weight: Input,
  tree: Tree,
  options: HierarchicalSoftmaxOptions = {},
): Call<'y', 'hierarchicalSoftmax'> {
  known(options, hierarchicalSoftmaxOperation.options);
  const log = flag('log', options.log);
  const { inputs, rows, problem, fill } = hierarchical(h, weight, tree, options);
  return {
    kernel: 'hierarchicalSoftmax',
    problem: { ...problem, log },
    inputs: { ...inputs, ...walked(tree) },
    results: { y: { shape: [...rows.reduced, tree.leaves], dtype: problem.dtype } },
    fill: fill === undefined ? fill : Number(!log),
  };
}

export const hierarchicalSoftmaxGradOperation: Operation = {
  arguments: ['h', 'weight', 'tree', 'dy'],
  options: ['bias', 'log'],
  results: ['dh', 'dweight', 'dbias'],
  kernels: ['hierarchicalSoftmaxGrad'],
  gradientOf: 'hierarchicalSoftmax',
  rows: 'together',
  about: 'its gradients',
};

/**
 * The vector–Jacobian product of `hierarchicalSoftmax`: { dh, dweight, dbias }, over all weight
 * rows. With G the cotangent of log p, dy or p·dy, summed over the leaves below a node, the logits
 * z of its children get G − p(child | node)·ΣG.
 *
 * @param h, weight, tree as in `hierarchicalSoftmax`
 * @param dy the cotangent, [..., tree.leaves]; its entry for an impossible class is not read
 * @param options the options of the forward call
 * @throws {SoftmaxError} as `hierarchicalSoftmax`; INVALID_SHAPE, INVALID_DTYPE for a dy that does
 * not fit
 * @example
 * ```ts
 * hierarchicalSoftmaxGrad([[1]], [[0]], nestedTree([0, 1]), [[1, 0]]).dweight.toArray(); // [[0.25]]
 * ```
 */
export function hierarchicalSoftmaxGrad(
  h: Input,
  weight: Input,
  tree: Tree,
  dy: Input,
  options: HierarchicalSoftmaxOptions = {},
): Call<'dh' | 'dweight' | 'dbias', 'hierarchicalSoftmaxGrad'> {
  const call = hierarchicalSoftmax(h, weight, tree, options);
  const { dtype, rows, n } = call.problem;
  return vjp('hierarchicalSoftmaxGrad', call, dy, {
    dh: { shape: [...call.results.y.shape.slice(0, -1), n], dtype },
    dweight: { shape: [rows, n], dtype },
    dbias: { shape: [rows], dtype },
  });
}
