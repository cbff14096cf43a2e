import type { Call, Operand } from '../contract/call.ts';
import type { TailInputs } from '../contract/tree-kernels.ts';
import type { Input } from '../input/input.ts';
import { type AdaptiveParameters, adaptive, gradientShapes } from './adaptive-layer.ts';
import { lossGrad } from './loss-grad.ts';
import { lossResult, type ReductionOptions } from './reduction.ts';
import { ints, type TargetOptions, targets } from './tree-layer.ts';

export interface ClusterLossOptions extends TargetOptions, ReductionOptions {}

export type ClusterLoss = Call<'loss', 'adaptiveLoss'> & { readonly inputs: { readonly h: Operand } };
export type AdaptiveGradient = 'dh' | 'dhead' | 'dheadBias' | `d${TailInputs}`;

/**
 * Lowers the loss of the head and of the tails that contain targets. Log-probabilities are losses
 * of weight −1.
 */
export function clusterLoss(
  h: Input,
  parameters: AdaptiveParameters,
  target: Input,
  options: ClusterLossOptions,
  sign: 1 | -1 = 1,
): ClusterLoss {
  const { rows, problem, inputs, tails, classes: n } = adaptive(h, parameters);
  const reduce = targets(target, options, rows, n, problem, sign);
  const { sum, denominator, weights, classes } = reduce;
  const { cutoffs } = parameters;
  const parts = classes.map((c) => cutoffs.findLastIndex((first) => c >= first));
  const occurring: { [name in TailInputs]: Operand } = {};
  parts.forEach((part, row) => {
    classes[row] = Math.max((classes[row] as number) - (cutoffs[part] ?? 0), 0);
    if (part >= 0 && weights.data[row] !== 0) Object.assign(occurring, tails[part]);
  });
  return {
    kernel: 'adaptiveLoss',
    problem: { ...problem, sum, denominator },
    unused: tails.flatMap((tail) => Object.values(tail)),
    inputs: { ...inputs, ...occurring, weights: { from: weights }, ...ints({ parts, classes }) },
    results: { loss: lossResult(reduce, rows, problem.dtype) },
    fill: problem.outer === 0 ? 0 / denominator : undefined,
  };
}

export function clusterLossGrad(
  call: ClusterLoss,
  dy: Input | undefined,
): Call<'loss' | AdaptiveGradient, 'adaptiveLossGrad'> {
  const { problem, inputs } = call;
  return lossGrad<'adaptiveLossGrad', AdaptiveGradient>('adaptiveLossGrad', problem, call, dy, {
    dh: inputs.h.from.shape,
    ...gradientShapes(problem),
  });
}
