import type { Call, Distribution } from '@softmax/core';
import type { Precision } from './claims.ts';
import { adaptiveVariant } from './graphs/adaptive.ts';
import { adaptiveLoss, adaptiveLossGrad, adaptiveLossVariant } from './graphs/adaptive-loss.ts';
import { adaptiveSoftmax, adaptiveSoftmaxGrad } from './graphs/adaptive-softmax.ts';
import { compensatedLogSoftmax, compensatedSoftmax } from './graphs/compensated.ts';
import { crossEntropy, crossEntropyGrad } from './graphs/cross-entropy.ts';
import { distributionVariant } from './graphs/distribution.ts';
import { entmax, entmaxGrad, entmaxVariant } from './graphs/entmax.ts';
import { entmaxLoss, entmaxLossGrad, entmaxLossVariant } from './graphs/entmax-loss.ts';
import { entropy, entropyGrad } from './graphs/entropy.ts';
import { gumbelSoftmax, gumbelSoftmaxGrad, gumbelVariant } from './graphs/gumbel-softmax.ts';
import { gumbelTopK, gumbelTopKVariant } from './graphs/gumbel-top-k.ts';
import { hardmax } from './graphs/hardmax.ts';
import {
  hierarchicalLoss,
  hierarchicalLossGrad,
  hierarchicalLossVariant,
} from './graphs/hierarchical-loss.ts';
import { hierarchicalSample } from './graphs/hierarchical-sample.ts';
import { hierarchicalSoftmax, hierarchicalSoftmaxGrad } from './graphs/hierarchical-softmax.ts';
import { hierarchicalTopK } from './graphs/hierarchical-top-k.ts';
import { klDivergence, klDivergenceGrad } from './graphs/kl-divergence.ts';
import { logAddExp, logAddExpGrad } from './graphs/log-add-exp.ts';
import { logCumSumExp, logCumSumExpGrad } from './graphs/log-cum-sum-exp.ts';
import { logSoftmax, logSoftmaxGrad } from './graphs/log-softmax.ts';
import { logSumExp, logSumExpGrad, logSumExpVariant, logSumVariant } from './graphs/log-sum-exp.ts';
import { nllLoss, nllLossGrad, nllLossVariant } from './graphs/nll-loss.ts';
import { oneHot } from './graphs/one-hot.ts';
import { signedLogSumExp, signedLogSumExpGrad, signedLogSumExpVariant } from './graphs/signed-log-sum-exp.ts';
import { fused, single } from './graphs/single.ts';
import { softmax, softmaxGrad } from './graphs/softmax.ts';
import { crossEntropyVariant } from './graphs/targets.ts';
import { treeVariant } from './graphs/tree.ts';
import { type Given, type Recipe, type Recipes, recipe } from './recipe.ts';

/** A graph for every kernel: a new one does not compile without. */
type Whole = Required<Recipes>;

/** Everything in float64, rounded once. */
export const exact: Whole = {
  softmax: (p, given) => recipe('softmax', softmax, distributionVariant(p, given)),
  softmaxGrad: (p, given) => recipe('softmaxGrad', softmaxGrad, distributionVariant(p, given, true)),
  logSoftmax: (p, given) => recipe('logSoftmax', logSoftmax, distributionVariant(p, given)),
  logSoftmaxGrad: (p, given) => recipe('logSoftmaxGrad', logSoftmaxGrad, distributionVariant(p, given, true)),
  logSumExp: (p, given) => recipe('logSumExp', logSumExp, logSumVariant(p, given)),
  logSumExpGrad: (p, given) => recipe('logSumExpGrad', logSumExpGrad, logSumExpVariant(p, given)),
  crossEntropy: (p, given) => recipe('crossEntropy', crossEntropy, crossEntropyVariant(p, given)),
  crossEntropyGrad: (p, given) => recipe('crossEntropyGrad', crossEntropyGrad, crossEntropyVariant(p, given)),
  softCrossEntropy: (p, given) => recipe('softCrossEntropy', crossEntropy, crossEntropyVariant(p, given)),
  softCrossEntropyGrad: (p, given) =>
    recipe('softCrossEntropyGrad', crossEntropyGrad, crossEntropyVariant(p, given)),
  nllLoss: (p, given) => recipe('nllLoss', nllLoss, nllLossVariant(p, given)),
  nllLossGrad: (p, given) => recipe('nllLossGrad', nllLossGrad, nllLossVariant(p, given)),
  klDivergence: ({ dtype }) => recipe('klDivergence', klDivergence, { dtype }),
  klDivergenceGrad: ({ dtype }) => recipe('klDivergenceGrad', klDivergenceGrad, { dtype }),
  entropy: ({ dtype }) => recipe('entropy', entropy, { dtype }),
  entropyGrad: ({ dtype }) => recipe('entropyGrad', entropyGrad, { dtype }),
  hardmax: (p, given) => recipe('hardmax', hardmax, logSumExpVariant(p, given)),
  oneHot: ({ dtype }) => recipe('oneHot', oneHot, { dtype }),
  signedLogSumExp: (p, given) => recipe('signedLogSumExp', signedLogSumExp, signedLogSumExpVariant(p, given)),
  signedLogSumExpGrad: (p, given) =>
    recipe('signedLogSumExpGrad', signedLogSumExpGrad, signedLogSumExpVariant(p, given)),
  logAddExp: ({ dtype }) => recipe('logAddExp', logAddExp, { dtype }),
  logAddExpGrad: ({ dtype }) => recipe('logAddExpGrad', logAddExpGrad, { dtype }),
  logCumSumExp: ({ dtype }) => recipe('logCumSumExp', logCumSumExp, { dtype }),
  logCumSumExpGrad: ({ dtype }) => recipe('logCumSumExpGrad', logCumSumExpGrad, { dtype }),
  gumbelSoftmax: (p, given) => recipe('gumbelSoftmax', gumbelSoftmax, gumbelVariant(p, given)),
  gumbelSoftmaxGrad: (p, given) =>
    recipe('gumbelSoftmaxGrad', gumbelSoftmaxGrad, gumbelVariant(p, given, true)),
  sparsemax: (p, given) => recipe('entmax', entmax, entmaxVariant(p, given, 2)),
  entmax15: (p, given) => recipe('entmax', entmax, entmaxVariant(p, given, 1.5)),
  entmax: (p, given) => recipe('entmax', entmax, entmaxVariant(p, given, p.alpha)),
  entmaxGrad: (p, given) => recipe('entmaxGrad', entmaxGrad, entmaxVariant(p, given, p.alpha)),
  entmaxLoss: (p, given) => recipe('entmaxLoss', entmaxLoss, entmaxLossVariant(p, given)),
  entmaxLossGrad: (p, given) => recipe('entmaxLossGrad', entmaxLossGrad, entmaxLossVariant(p, given)),
  hierarchicalSoftmax: (p, given) =>
    recipe('hierarchicalSoftmax', hierarchicalSoftmax, { ...treeVariant(p, given), log: p.log }),
  hierarchicalSoftmaxGrad: (p, given) =>
    recipe('hierarchicalSoftmaxGrad', hierarchicalSoftmaxGrad, { ...treeVariant(p, given), log: p.log }),
  adaptiveSoftmax: (p, given) =>
    recipe('adaptiveSoftmax', adaptiveSoftmax, { ...adaptiveVariant(p, given), log: p.log }),
  adaptiveSoftmaxGrad: (p, given) =>
    recipe('adaptiveSoftmaxGrad', adaptiveSoftmaxGrad, { ...adaptiveVariant(p, given), log: p.log }),
  adaptiveLoss: (p, given) => recipe('adaptiveLoss', adaptiveLoss, adaptiveLossVariant(p, given)),
  adaptiveLossGrad: (p, given) => recipe('adaptiveLossGrad', adaptiveLossGrad, adaptiveLossVariant(p, given)),
  hierarchicalLoss: (p, given) =>
    recipe('hierarchicalLoss', hierarchicalLoss, hierarchicalLossVariant(p, given)),
  hierarchicalLossGrad: (p, given) =>
    recipe('hierarchicalLossGrad', hierarchicalLossGrad, hierarchicalLossVariant(p, given)),
  hierarchicalTopK: (p, given) => recipe('hierarchicalTopK', hierarchicalTopK, treeVariant(p, given)),
  hierarchicalSample: (p, given) => recipe('hierarchicalSample', hierarchicalSample, treeVariant(p, given)),
  gumbelTopK: (p, given) => recipe('gumbelTopK', gumbelTopK, gumbelTopKVariant(p, given)),
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
  softmax: (p, given) =>
    plain(p, given)
      ? recipe('compensatedSoftmax', compensatedSoftmax, compensatedVariant(p, given))
      : exact.softmax(p, given),
  logSoftmax: (p, given) =>
    plain(p, given)
      ? recipe('compensatedLogSoftmax', compensatedLogSoftmax, compensatedVariant(p, given))
      : exact.logSoftmax(p, given),
};

const compensatedVariant = ({ negate }: Distribution, given: Given) => ({
  negate,
  mask: given['mask'] !== undefined,
});

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
    ? { key: `fused ${op} ${negate}`, graph: () => fused(op, negate) }
    : { key: `single ${op} ${negate}`, graph: () => single(op, negate) };
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
