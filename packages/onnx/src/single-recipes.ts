import type { Likelihood, Problem } from '@softmax/core';
import type { Arithmetic } from './builder.ts';
import { turns } from './graphs/blockwise.ts';
import { crossEntropy, crossEntropyGrad } from './graphs/cross-entropy.ts';
import { distributionVariant } from './graphs/distribution.ts';
import { hardmax } from './graphs/hardmax.ts';
import { logSoftmax, logSoftmaxGrad } from './graphs/log-softmax.ts';
import { logSumExp, logSumExpGrad, logSumExpVariant, logSumVariant } from './graphs/log-sum-exp.ts';
import { nllLoss, nllLossGrad, nllLossVariant } from './graphs/nll-loss.ts';
import { oneHot } from './graphs/one-hot.ts';
import { softmax, softmaxGrad } from './graphs/softmax.ts';
import { crossEntropyVariant } from './graphs/targets.ts';
import { type Given, type Recipes, recipe } from './recipe.ts';

/** One graph for each number of turns, where anything is summed in them. */
const inSingle = <V extends object>(problem: Problem, variant: V, summed = true): V & Arithmetic => ({
  ...variant,
  working: 'float32',
  turns: summed ? turns(problem) : 1,
});

const likelihood = (p: Likelihood, given: Given) => {
  const variant = nllLossVariant(p, given);
  return inSingle(p, variant, variant.sum || variant.soft || variant.smoothing);
};

/** The same graphs in float32 throughout, for providers without float64: compensated differences, sums by blocks. */
export const single: Recipes = {
  softmax: (p, given) => recipe('softmax', softmax, inSingle(p, distributionVariant(p, given))),
  softmaxGrad: (p, given) =>
    recipe('softmaxGrad', softmaxGrad, inSingle(p, distributionVariant(p, given, true))),
  logSoftmax: (p, given) => recipe('logSoftmax', logSoftmax, inSingle(p, distributionVariant(p, given))),
  logSoftmaxGrad: (p, given) =>
    recipe('logSoftmaxGrad', logSoftmaxGrad, inSingle(p, distributionVariant(p, given, true))),
  logSumExp: (p, given) => recipe('logSumExp', logSumExp, inSingle(p, logSumVariant(p, given))),
  logSumExpGrad: (p, given) =>
    recipe('logSumExpGrad', logSumExpGrad, inSingle(p, logSumExpVariant(p, given))),
  crossEntropy: (p, given) =>
    recipe('crossEntropy', crossEntropy, inSingle(p, crossEntropyVariant(p, given))),
  crossEntropyGrad: (p, given) =>
    recipe('crossEntropyGrad', crossEntropyGrad, inSingle(p, crossEntropyVariant(p, given))),
  softCrossEntropy: (p, given) =>
    recipe('softCrossEntropy', crossEntropy, inSingle(p, crossEntropyVariant(p, given))),
  softCrossEntropyGrad: (p, given) =>
    recipe('softCrossEntropyGrad', crossEntropyGrad, inSingle(p, crossEntropyVariant(p, given))),
  nllLoss: (p, given) => recipe('nllLoss', nllLoss, likelihood(p, given)),
  nllLossGrad: (p, given) => recipe('nllLossGrad', nllLossGrad, likelihood(p, given)),
  hardmax: (p, given) => recipe('hardmax', hardmax, inSingle(p, logSumExpVariant(p, given), false)),
  oneHot: (p) => recipe('oneHot', oneHot, inSingle(p, { dtype: p.dtype }, false)),
};
