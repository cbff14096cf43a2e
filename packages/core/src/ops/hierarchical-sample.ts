import type { Call, Operand } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { allocate, parameterType } from '../layout/dtype.ts';
import { type Seed, uniforms } from '../lowering/noise.ts';
import { known } from '../lowering/options.ts';
import { type HierarchicalOptions, hierarchical, walked } from '../lowering/tree-layer.ts';
import type { Tree } from '../tree/tree.ts';

export interface HierarchicalSampleOptions extends HierarchicalOptions {
  /** An integer of at most 64 bits: the same seed draws the same classes, on every backend. */
  readonly seed: Seed;
  /**
   * An independent stream of noise for each integer in [0, 2³²), for example one for each step.
   * Default: 0.
   */
  readonly stream?: number;
}

export const hierarchicalSampleOperation: Operation = {
  arguments: ['h', 'weight', 'tree'],
  options: ['bias', 'seed', 'stream'],
  results: ['classes'],
  kernels: ['hierarchicalSample'],
  rows: 'together',
  about: 'a class of each row, drawn',
};

/**
 * Draws one class for each row of h from hierarchical softmax in O(depth·d). From the root down,
 * each decision takes the first child with Σ p > u.
 * Decision j of row i uses u = uniform(seed, stream, i·tree.depth + j). A NaN on the way gives
 * class −1.
 *
 * @param h, weight, tree as in `hierarchicalLoss`
 * @returns int32 classes, in the shape of h without d
 * @throws {SoftmaxError} INVALID_SHAPE, INVALID_DTYPE, INVALID_OPTION, INVALID_INPUT
 * @see F. Morin, Y. Bengio, "Hierarchical Probabilistic Neural Network Language Model", AISTATS
 * 2005
 * @example
 * ```ts
 * hierarchicalSample([[1]], [[0], [99]], nestedTree([2, [0, 1]]), { seed: 1, bias: [-99, 0] }).toArray(); // [0]
 * ```
 */
export function hierarchicalSample(
  h: Input,
  weight: Input,
  tree: Tree,
  options: HierarchicalSampleOptions,
): Call<'classes', 'hierarchicalSample'> {
  known(options, hierarchicalSampleOperation.options);
  const { inputs, rows, problem, fill } = hierarchical(h, weight, tree, options);
  const u = uniforms(options.seed, options.stream);
  const dtype = parameterType(problem.dtype);
  const data = allocate(dtype, problem.outer * tree.depth);
  // The noise stays below 1 in either type, so a child of probability 1 is always taken.
  for (let k = 0; k < data.length; k++) data[k] = Math.min(u(k), 1 - 2 ** -24);
  const noise: Operand = {
    from: { data, dtype, shape: [problem.outer, tree.depth], lasting: true },
    source: 'seed',
  };
  return {
    kernel: 'hierarchicalSample',
    problem: { ...problem, depth: tree.depth },
    inputs: { ...inputs, ...walked(tree), noise },
    results: { classes: { shape: rows.reduced, dtype: 'int32' } },
    fill,
  };
}
