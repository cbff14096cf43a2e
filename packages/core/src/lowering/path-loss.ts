import type { Call, Operand } from '../contract/call.ts';
import type { Input } from '../input/input.ts';
import { pathsOf, touchedBy } from '../tree/paths.ts';
import type { Tree } from '../tree/tree.ts';
import { lossGrad } from './loss-grad.ts';
import { lossResult, type ReductionOptions } from './reduction.ts';
import { type HierarchicalOptions, hierarchical, ints, type TargetOptions, targets } from './tree-layer.ts';

export interface PathLossOptions extends HierarchicalOptions, TargetOptions, ReductionOptions {}

export type PathLoss = Call<'loss', 'hierarchicalLoss'> & {
  readonly inputs: { readonly h: Operand; readonly logits: { readonly from: { readonly data: Int32Array } } };
};
export type PathGradient = 'dh' | 'rows' | 'dweight' | 'dbias';

/** Lowers the loss along the paths to the targets. Log-probabilities are losses of weight −1. */
export function pathLoss(
  h: Input,
  weight: Input,
  target: Input,
  tree: Tree,
  options: PathLossOptions,
  sign: 1 | -1 = 1,
): PathLoss {
  const { inputs, rows, problem } = hierarchical(h, weight, tree, options);
  const reduce = targets(target, options, rows, tree.leaves, problem, sign);
  const { classes, sum, denominator, weights } = reduce;
  const paths = pathsOf(tree, classes, (row) => weights.data[row] !== 0);
  const [logits, steps] = [paths.logits.length, paths.tokens.length];
  return {
    kernel: 'hierarchicalLoss',
    problem: { ...problem, sum, denominator, logits, steps },
    inputs: { ...inputs, weights: { from: weights }, ...ints(paths) },
    results: { loss: lossResult(reduce, rows, problem.dtype) },
    fill: logits === 0 ? 0 / denominator : undefined,
  };
}

export function pathLossGrad(
  call: PathLoss,
  dy: Input | undefined,
): Call<'loss' | PathGradient, 'hierarchicalLossGrad'> {
  const { problem, inputs } = call;
  const touchedRows = touchedBy(inputs.logits.from.data);
  const touched = touchedRows.touched.length;
  const gradient = lossGrad('hierarchicalLossGrad', { ...problem, touched }, call, dy, {
    dh: inputs.h.from.shape,
    rows: [touched],
    dweight: [touched, problem.n],
    dbias: [touched],
  });
  const rows = { shape: [touched], dtype: 'int32' } as const;
  return {
    ...gradient,
    inputs: { ...gradient.inputs, ...ints(touchedRows) },
    results: { ...gradient.results, rows },
  };
}
