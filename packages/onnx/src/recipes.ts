import type { KernelName, Kernels } from '@softmax/core';
import type { Graph } from './graph.ts';
import { crossEntropy, crossEntropyGrad } from './graphs/cross-entropy.ts';
import { distributionVariant } from './graphs/distribution.ts';
import { fused } from './graphs/fused.ts';
import { logSoftmax, logSoftmaxGrad } from './graphs/log-softmax.ts';
import { logSumExp, logSumExpGrad, logSumExpVariant } from './graphs/log-sum-exp.ts';
import { softmax, softmaxGrad } from './graphs/softmax.ts';
import { crossEntropyVariant } from './graphs/targets.ts';

/** The graph that solves a call, and a key that calls of one graph share: no number of the problem is part of it. */
export interface Recipe {
  readonly key: string;
  readonly graph: () => Graph;
}

/** The recipe of each kernel that there is, from the problem and the inputs that are given. */
export type Recipes = {
  readonly [K in KernelName]?: (
    problem: Kernels[K]['problem'],
    given: { readonly [name: string]: unknown },
  ) => Recipe;
};

const recipe = <V extends object>(name: string, graph: (variant: V) => Graph, variant: V): Recipe => ({
  key: `${name} ${JSON.stringify(variant)}`,
  graph: () => graph(variant),
});

/** Everything in float64, rounded once. */
export const exact: Required<Pick<Recipes, 'softmax' | 'logSoftmax'>> & Recipes = {
  softmax: (p, given) => recipe('softmax', softmax, distributionVariant(p, given)),
  softmaxGrad: (p, given) => recipe('softmaxGrad', softmaxGrad, distributionVariant(p, given, true)),
  logSoftmax: (p, given) => recipe('logSoftmax', logSoftmax, distributionVariant(p, given)),
  logSoftmaxGrad: (p, given) => recipe('logSoftmaxGrad', logSoftmaxGrad, distributionVariant(p, given, true)),
  logSumExp: (p, given) => recipe('logSumExp', logSumExp, logSumExpVariant(p, given)),
  logSumExpGrad: (p, given) => recipe('logSumExpGrad', logSumExpGrad, logSumExpVariant(p, given)),
  crossEntropy: (p, given) => recipe('crossEntropy', crossEntropy, crossEntropyVariant(p, given)),
  crossEntropyGrad: (p, given) => recipe('crossEntropyGrad', crossEntropyGrad, crossEntropyVariant(p, given)),
};

/**
 * The longest row whose float32 sum in the fused operators stays within level S1.
 */
const FUSED_LENGTH = 4096;

/**
 * The runtime's fused operators wherever they mean the same: float32 without any option. (In float64 the fused LogSoftmax
 * of onnxruntime 1.30 turns NaN into 46.1 and keeps +inf from its row.)
 */
export const fast: Recipes = {
  ...exact,
  softmax: (p, given) => (fusible(p, given) ? fusedRecipe('Softmax', p.negate) : exact.softmax(p, given)),
  logSoftmax: (p, given) =>
    fusible(p, given) ? fusedRecipe('LogSoftmax', p.negate) : exact.logSoftmax(p, given),
};

const fusible = (p: Kernels['softmax']['problem'], given: { readonly [name: string]: unknown }): boolean =>
  p.dtype === 'float32' &&
  p.n <= FUSED_LENGTH &&
  p.softcap === 0 &&
  p.temperature === 1 &&
  p.empty.impossible === 'nan' &&
  (given['mask'] ?? given['temperature'] ?? given['sink']) === undefined;

const fusedRecipe = (op: 'Softmax' | 'LogSoftmax', negate: boolean): Recipe => ({
  key: `fused ${op} ${negate}`,
  graph: () => fused(op, negate),
});
