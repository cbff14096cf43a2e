import type { Call, Operand, Result } from '../call.ts';
import type { HierarchicalKernels, TailInputs } from '../hierarchy.ts';
import type { HostInput } from '../host-input.ts';
import type { Input } from '../input.ts';
import { type AdaptiveParameters, adaptive } from './adaptive.ts';
import { ints, type TargetOptions, targets } from './hierarchical.ts';
import { cotangent, lossResult, type ReductionOptions } from './reduction.ts';

export interface ClusterLossOptions extends TargetOptions, ReductionOptions {}

export interface ClusterLoss {
  readonly problem: HierarchicalKernels['adaptiveLoss']['problem'];
  readonly inputs: { readonly h: Operand; readonly [name: string]: Operand | undefined };
  readonly results: { readonly loss: Result };
  readonly fill: number | undefined;
}

/** The loss in the head and, where a target lies beyond it, in a tail. Log-probabilities are losses of weight −1. */
export function clusterLoss(
  features: Input,
  parameters: AdaptiveParameters,
  target: HostInput,
  options: ClusterLossOptions,
  sign: 1 | -1 = 1,
): ClusterLoss {
  const { rows, problem, inputs, tails, classes: n } = adaptive(features, parameters);
  const reduce = targets(target, options, rows, n, problem, sign);
  const { sum, denominator, weights, classes } = reduce;
  const parts = new Int32Array(classes.length);
  const places = new Int32Array(classes.length);
  const given: { [name: string]: Operand | undefined } = {};
  classes.forEach((c, row) => {
    const part = parameters.cutoffs.findLastIndex((first) => c >= first);
    parts[row] = part;
    places[row] = part < 0 ? Math.max(c, 0) : c - (parameters.cutoffs[part] as number);
    if (part >= 0 && weights.data[row] !== 0)
      for (const name of [`projection${part}`, `tail${part}`] as const) given[name] = tails[name];
  });
  return {
    problem: { ...problem, sum, denominator },
    inputs: { ...inputs, ...given, weights: { from: weights }, parts: ints(parts), classes: ints(places) },
    results: { loss: lossResult(reduce, rows, problem.dtype) },
    fill: problem.outer === 0 ? 0 / denominator : undefined,
  };
}

export type AdaptiveGradient = 'dh' | 'dhead' | 'dheadBias' | `d${TailInputs}`;

export function clusterLossGrad(
  { problem, inputs, results, fill }: ClusterLoss,
  dy: HostInput | undefined,
): Call<'loss' | AdaptiveGradient, 'adaptiveLossGrad'> {
  const { n, dtype, head, tails } = problem;
  const top = head + tails.length;
  const of = (...shape: number[]) => ({ shape, dtype });
  const ofTails: { [name in `d${TailInputs}`]: Result } = {};
  tails.forEach(({ size, width }, i) => {
    ofTails[`dprojection${i}`] = of(width, n);
    ofTails[`dtail${i}`] = of(size, width);
  });
  return {
    kernel: 'adaptiveLossGrad',
    problem,
    inputs: { ...inputs, dy: cotangent(dy, results.loss.shape, problem) },
    results: {
      loss: results.loss,
      dh: of(...inputs.h.from.shape),
      dhead: of(top, n),
      dheadBias: of(top),
      ...ofTails,
    },
    fill: fill === undefined ? undefined : 0,
    fills: fill === undefined ? {} : { loss: fill },
  };
}
