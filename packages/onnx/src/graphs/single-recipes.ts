import type { Problem } from '@softmax/core';
import type { Arithmetic } from '../model/builder.ts';
import { crossEntropy, crossEntropyGrad } from './cross-entropy.ts';
import { hardmax } from './hardmax.ts';
import { logSoftmax, logSoftmaxGrad } from './log-softmax.ts';
import { logSumExp, logSumExpGrad, logSumExpVariant, logSumVariant } from './log-sum-exp.ts';
import { nllLoss, nllLossGrad, nllLossVariant } from './nll-loss.ts';
import { oneHot } from './one-hot.ts';
import { turns } from './parts/blockwise.ts';
import { distributionGradVariant, distributionVariant } from './parts/distribution.ts';
import { crossEntropyVariant } from './parts/targets.ts';
import { type Given, type Recipes, recipe, typed } from './recipe.ts';
import { softmax, softmaxGrad } from './softmax.ts';

/** One graph for each number of turns, where anything is summed in them. */
const inSingle =
  <P extends Problem, V extends object>(
    variantOf: (problem: P, given: Given) => V,
    isSummed: (variant: V) => boolean = () => true,
  ) =>
  (problem: P, given: Given): V & Arithmetic => {
    const variant = variantOf(problem, given);
    return { ...variant, working: 'float32', turns: isSummed(variant) ? turns(problem) : 1 };
  };

const distribution = inSingle(distributionVariant);
const gradient = inSingle(distributionGradVariant);
const targets = inSingle(crossEntropyVariant);
const likelihood = inSingle(nllLossVariant, ({ sum, soft, smoothing }) => sum || soft || smoothing);

/**
 * Graphs in float32 throughout, for providers without float64: compensated differences, sums by
 * blocks.
 */
export const single: Recipes = {
  softmax: recipe(softmax, distribution),
  softmaxGrad: recipe(softmaxGrad, gradient),
  logSoftmax: recipe(logSoftmax, distribution),
  logSoftmaxGrad: recipe(logSoftmaxGrad, gradient),
  logSumExp: recipe(logSumExp, inSingle(logSumVariant)),
  logSumExpGrad: recipe(logSumExpGrad, inSingle(logSumExpVariant)),
  crossEntropy: recipe(crossEntropy, targets),
  crossEntropyGrad: recipe(crossEntropyGrad, targets),
  softCrossEntropy: recipe(crossEntropy, targets),
  softCrossEntropyGrad: recipe(crossEntropyGrad, targets),
  nllLoss: recipe(nllLoss, likelihood),
  nllLossGrad: recipe(nllLossGrad, likelihood),
  hardmax: recipe(
    hardmax,
    inSingle(logSumExpVariant, () => false),
  ),
  oneHot: recipe(
    oneHot,
    inSingle(typed, () => false),
  ),
};
