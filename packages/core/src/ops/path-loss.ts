import type { Call, Operand, Result } from '../call.ts';
import type { HierarchicalKernels } from '../hierarchy.ts';
import type { HostInput } from '../host-input.ts';
import type { Input } from '../input.ts';
import { pathsOf, touchedBy } from '../tree/paths.ts';
import type { Tree } from '../tree/tree.ts';
import { type HierarchicalOptions, hierarchical, ints, type TargetOptions, targets } from './hierarchical.ts';
import { cotangent, lossResult, type ReductionOptions } from './reduction.ts';

export interface PathLossOptions extends HierarchicalOptions, TargetOptions, ReductionOptions {}

export interface PathLoss {
  readonly problem: HierarchicalKernels['hierarchicalLoss']['problem'];
  readonly inputs: { readonly h: Operand; readonly [name: string]: Operand | undefined };
  readonly results: { readonly loss: Result };
  readonly fill: number | undefined;
  readonly logits: Int32Array;
}

/** The loss along the paths to the targets. Log-probabilities are losses of weight −1. */
export function pathLoss(
  features: Input,
  weight: Input,
  target: HostInput,
  tree: Tree,
  options: PathLossOptions,
  sign: 1 | -1 = 1,
): PathLoss {
  const { inputs, rows, problem, sizes } = hierarchical(features, weight, tree, options.bias);
  const reduce = targets(target, options, rows, tree.leaves, problem, sign);
  const { classes, sum, denominator, weights } = reduce;
  const paths = pathsOf(tree, classes, (row) => weights.data[row] !== 0);
  const { logits, steps, tokens, chosen } = paths;
  return {
    problem: { ...problem, sum, denominator, rows: sizes.rows, logits: logits.length, steps: tokens.length },
    inputs: {
      ...inputs,
      weights: { from: weights },
      logits: ints(logits),
      steps: ints(steps),
      tokens: ints(tokens),
      chosen: ints(chosen),
    },
    results: { loss: lossResult(reduce, rows, problem.dtype) },
    fill: logits.length === 0 ? 0 / denominator : undefined,
    logits,
  };
}

export function pathLossGrad(
  { problem, inputs, results, fill, logits }: PathLoss,
  dy: HostInput | undefined,
): Call<'loss' | 'dh' | 'rows' | 'dweight' | 'dbias', 'hierarchicalLossGrad'> {
  const { n, dtype } = problem;
  const { touched, places } = touchedBy(logits);
  const count = touched.length;
  const { loss } = results;
  return {
    kernel: 'hierarchicalLossGrad',
    problem: { ...problem, touched: count },
    inputs: {
      ...inputs,
      touched: ints(touched),
      places: ints(places),
      dy: cotangent(dy, loss.shape, problem),
    },
    results: {
      loss,
      dh: { shape: inputs.h.from.shape, dtype },
      rows: { shape: [count], dtype: 'int32' },
      dweight: { shape: [count, n], dtype },
      dbias: { shape: [count], dtype },
    },
    fill: fill === undefined ? undefined : 0,
    fills: fill === undefined ? {} : { loss: fill },
  };
}
