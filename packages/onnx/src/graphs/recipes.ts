import type { Call, Distribution, Problem } from '@softmax/core';
import type { Precision } from '../runtime/claims.ts';
import { adaptiveLoss, adaptiveLossGrad, adaptiveLossVariant } from './adaptive-loss.ts';
import { adaptiveSoftmax, adaptiveSoftmaxGrad } from './adaptive-softmax.ts';
import { crossEntropy, crossEntropyGrad } from './cross-entropy.ts';
import { entmax, entmaxGrad, entmaxVariant } from './entmax.ts';
import { entmaxLoss, entmaxLossGrad, entmaxLossVariant } from './entmax-loss.ts';
import { entropy, entropyGrad } from './entropy.ts';
import { gumbelGradVariant, gumbelSoftmax, gumbelSoftmaxGrad, gumbelVariant } from './gumbel-softmax.ts';
import { gumbelTopK } from './gumbel-top-k.ts';
import { hardmax } from './hardmax.ts';
import { hierarchicalLoss, hierarchicalLossGrad, hierarchicalLossVariant } from './hierarchical-loss.ts';
import { hierarchicalSample } from './hierarchical-sample.ts';
import { hierarchicalSoftmax, hierarchicalSoftmaxGrad } from './hierarchical-softmax.ts';
import { hierarchicalTopK } from './hierarchical-top-k.ts';
import { klDivergence, klDivergenceGrad } from './kl-divergence.ts';
import { logAddExp, logAddExpGrad } from './log-add-exp.ts';
import { logCumSumExp, logCumSumExpGrad } from './log-cum-sum-exp.ts';
import { logSoftmax, logSoftmaxGrad } from './log-softmax.ts';
import { logSumExp, logSumExpGrad, logSumExpVariant, logSumVariant } from './log-sum-exp.ts';
import { nllLoss, nllLossGrad, nllLossVariant } from './nll-loss.ts';
import { oneHot } from './one-hot.ts';
import { adaptiveVariant } from './parts/adaptive.ts';
import { compensatedLogSoftmax, compensatedSoftmax } from './parts/compensated.ts';
import { distributionGradVariant, distributionVariant } from './parts/distribution.ts';
import { fused, single } from './parts/single.ts';
import { crossEntropyVariant } from './parts/targets.ts';
import { treeVariant } from './parts/tree.ts';
import { doubted, type Given, type Recipe, type Recipes, recipe, typed } from './recipe.ts';
import { signedLogSumExp, signedLogSumExpGrad, signedLogSumExpVariant } from './signed-log-sum-exp.ts';
import { softmax, softmaxGrad } from './softmax.ts';

/** A graph for every kernel: a new one does not compile without. */
type Whole = Required<Recipes>;

const ofAlpha = (alpha: number) => (p: Problem, given: Given) => entmaxVariant({ ...p, alpha }, given);

/** Of probabilities, or of their logarithms. */
const orLog =
  <P, V extends object>(variantOf: (problem: P, given: Given) => V) =>
  (problem: P & { readonly log: boolean }, given: Given): V & { readonly log: boolean } => ({
    ...variantOf(problem, given),
    log: problem.log,
  });

/** Everything in float64, rounded once. */
export const exact: Whole = {
  softmax: recipe(softmax, distributionVariant),
  softmaxGrad: recipe(softmaxGrad, distributionGradVariant),
  logSoftmax: recipe(logSoftmax, distributionVariant),
  logSoftmaxGrad: recipe(logSoftmaxGrad, distributionGradVariant),
  logSumExp: recipe(logSumExp, logSumVariant),
  logSumExpGrad: recipe(logSumExpGrad, logSumExpVariant),
  crossEntropy: recipe(crossEntropy, crossEntropyVariant),
  crossEntropyGrad: recipe(crossEntropyGrad, crossEntropyVariant),
  softCrossEntropy: recipe(crossEntropy, crossEntropyVariant),
  softCrossEntropyGrad: recipe(crossEntropyGrad, crossEntropyVariant),
  nllLoss: recipe(nllLoss, nllLossVariant),
  nllLossGrad: recipe(nllLossGrad, nllLossVariant),
  klDivergence: recipe(klDivergence, typed),
  klDivergenceGrad: recipe(klDivergenceGrad, typed),
  entropy: recipe(entropy, typed),
  entropyGrad: recipe(entropyGrad, typed),
  hardmax: recipe(hardmax, logSumExpVariant),
  oneHot: recipe(oneHot, typed),
  signedLogSumExp: recipe(signedLogSumExp, signedLogSumExpVariant),
  signedLogSumExpGrad: recipe(signedLogSumExpGrad, signedLogSumExpVariant),
  logAddExp: recipe(logAddExp, doubted),
  logAddExpGrad: recipe(logAddExpGrad, typed),
  logCumSumExp: recipe(logCumSumExp, doubted),
  logCumSumExpGrad: recipe(logCumSumExpGrad, typed),
  gumbelSoftmax: recipe(gumbelSoftmax, gumbelVariant),
  gumbelSoftmaxGrad: recipe(gumbelSoftmaxGrad, gumbelGradVariant),
  sparsemax: recipe(entmax, ofAlpha(2)),
  entmax15: recipe(entmax, ofAlpha(1.5)),
  entmax: recipe(entmax, entmaxVariant),
  entmaxGrad: recipe(entmaxGrad, entmaxVariant),
  entmaxLoss: recipe(entmaxLoss, entmaxLossVariant),
  entmaxLossGrad: recipe(entmaxLossGrad, entmaxLossVariant),
  hierarchicalSoftmax: recipe(hierarchicalSoftmax, orLog(treeVariant)),
  hierarchicalSoftmaxGrad: recipe(hierarchicalSoftmaxGrad, orLog(treeVariant)),
  adaptiveSoftmax: recipe(adaptiveSoftmax, orLog(adaptiveVariant)),
  adaptiveSoftmaxGrad: recipe(adaptiveSoftmaxGrad, orLog(adaptiveVariant)),
  adaptiveLoss: recipe(adaptiveLoss, adaptiveLossVariant),
  adaptiveLossGrad: recipe(adaptiveLossGrad, adaptiveLossVariant),
  hierarchicalLoss: recipe(hierarchicalLoss, hierarchicalLossVariant),
  hierarchicalLossGrad: recipe(hierarchicalLossGrad, hierarchicalLossVariant),
  hierarchicalTopK: recipe(hierarchicalTopK, treeVariant),
  hierarchicalSample: recipe(hierarchicalSample, treeVariant),
  gumbelTopK: recipe(gumbelTopK, logSumExpVariant),
};

const compensatedVariant = ({ negate }: Distribution, given: Given) => ({
  negate,
  mask: given['mask'] !== undefined,
});

const compensated = {
  softmax: recipe(compensatedSoftmax, compensatedVariant),
  logSoftmax: recipe(compensatedLogSoftmax, compensatedVariant),
};

/**
 * Compensated float32 where float32 softmax or log-softmax is asked for without more than a mask, else exact: nothing else
 * was 1.2 times as fast at S2 (onnxruntime-node 1.30, cpu, one thread, time of the processor, 64×50 257). With float32
 * exponentials and double sums log-sum-exp was 1.04 times as fast, and misses S2 where the maximum and log Σ cancel;
 * cross-entropy 0.99, its gradient 1.05, softmax' gradient 1.06 times. Wholly in float32 log-softmax' gradient was 1.11
 * times as fast; softmax' missed S2 (4.3 ulp of 2), for a cotangent multiplies what a subnormal p is off by.
 */
const accurate: Whole = {
  ...exact,
  softmax: (p, given) => (plain(p, given) ? compensated : exact).softmax(p, given),
  logSoftmax: (p, given) => (plain(p, given) ? compensated : exact).logSoftmax(p, given),
};

/**
 * The longest row that is left to the fused operators. They sum in float32: in rows of nearly equal logits their worst
 * error is 0.77 of what level S1 allows at 256, and 1.4 of it at 512 (onnxruntime-web 1.30; onnxruntime-node 0.28, 0.38).
 */
const FUSED_LENGTH = 256;

/**
 * float32 inside where a float32 problem asks for nothing but softmax or log-softmax, else accurate. (In float64 the fused
 * LogSoftmax of onnxruntime 1.30 turns NaN into 46.1 and keeps a +inf to itself.)
 */
const fast: Whole = {
  ...accurate,
  softmax: (p, given) => (bare(p, given) ? quick('Softmax', p) : accurate.softmax(p, given)),
  logSoftmax: (p, given) => (bare(p, given) ? quick('LogSoftmax', p) : accurate.logSoftmax(p, given)),
};

const plain = (p: Distribution, given: Given): boolean =>
  p.dtype === 'float32' &&
  p.softcap === 0 &&
  p.temperature === 1 &&
  p.empty.impossible === 'nan' &&
  (given['mask'] === undefined || p.empty.masked === 'zero') &&
  (given['temperature'] ?? given['sink']) === undefined;

const bare = (p: Distribution, given: Given): boolean => plain(p, given) && given['mask'] === undefined;

function quick(op: 'Softmax' | 'LogSoftmax', { n, negate }: Distribution): Recipe {
  return n <= FUSED_LENGTH
    ? { key: `fused ${negate}`, graph: () => fused(op, negate) }
    : { key: `single ${negate}`, graph: () => single(op, negate) };
}

export const RECIPES: { readonly [P in Precision]: Whole } = { exact, accurate, fast };

/** The recipe of a call. */
export function recipeFor(
  precision: Precision,
  { kernel, problem, inputs }: Pick<Call, 'kernel' | 'problem' | 'inputs'>,
): Recipe {
  const recipe = RECIPES[precision][kernel] as (problem: Call['problem'], given: Call['inputs']) => Recipe;
  return recipe(problem, inputs);
}
