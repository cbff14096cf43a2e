import { type Bound, bind } from './bind.ts';
import * as crossEntropyKernels from './cpu/cross-entropy.ts';
import * as entmaxKernels from './cpu/entmax.ts';
import * as entmaxLossKernels from './cpu/entmax-loss.ts';
import * as entropyKernels from './cpu/entropy.ts';
import * as gumbelSoftmaxKernels from './cpu/gumbel-softmax.ts';
import * as gumbelTopKKernels from './cpu/gumbel-top-k.ts';
import * as hardmaxKernels from './cpu/hardmax.ts';
import * as klDivergenceKernels from './cpu/kl-divergence.ts';
import * as logAddExpKernels from './cpu/log-add-exp.ts';
import * as logCumSumExpKernels from './cpu/log-cum-sum-exp.ts';
import * as logSoftmaxKernels from './cpu/log-softmax.ts';
import * as plainLogSumExpKernels from './cpu/log-sum-exp.ts';
import * as nllLossKernels from './cpu/nll-loss.ts';
import * as oneHotKernels from './cpu/one-hot.ts';
import * as signedLogSumExpKernels from './cpu/signed-log-sum-exp.ts';
import * as softmaxKernels from './cpu/softmax.ts';
import * as sparsemaxKernels from './cpu/sparsemax.ts';
import * as ops from './ops/index.ts';

const logSumExpKernels: object = /* @__PURE__ */ Object.assign(
  {},
  plainLogSumExpKernels,
  signedLogSumExpKernels,
);

/** Probabilities: softmax(x)ₖ = exp((xₖ − max x)/T) / Σⱼ exp((xⱼ − max x)/T). {@inheritDoc ops.softmax} */
export const softmax: Bound<'softmax'> = /* @__PURE__ */ bind(ops.softmax, softmaxKernels);
/** dx = p ∘ (dy − Σ p·dy)/T. {@inheritDoc ops.softmaxGrad} */
export const softmaxGrad: Bound<'softmaxGrad'> = /* @__PURE__ */ bind(ops.softmaxGrad, softmaxKernels);
/** softmin(x) = softmax(−x). {@inheritDoc ops.softmin} */
export const softmin: Bound<'softmin'> = /* @__PURE__ */ bind(ops.softmin, softmaxKernels);
/** dx = −p ∘ (dy − Σ p·dy)/T. {@inheritDoc ops.softminGrad} */
export const softminGrad: Bound<'softminGrad'> = /* @__PURE__ */ bind(ops.softminGrad, softmaxKernels);
/** Log-probabilities: (x − max x)/T − log Σ exp((x − max x)/T). {@inheritDoc ops.logSoftmax} */
export const logSoftmax: Bound<'logSoftmax'> = /* @__PURE__ */ bind(ops.logSoftmax, logSoftmaxKernels);
/** dx = (dy − p·Σ dy)/T. {@inheritDoc ops.logSoftmaxGrad} */
export const logSoftmaxGrad: Bound<'logSoftmaxGrad'> = /* @__PURE__ */ bind(
  ops.logSoftmaxGrad,
  logSoftmaxKernels,
);
/** log Σ b·exp x. {@inheritDoc ops.logSumExp} */
export const logSumExp: Bound<'logSumExp'> = /* @__PURE__ */ bind(ops.logSumExp, logSumExpKernels);
/** dx = dy·b·exp x / Σ b·exp x. {@inheritDoc ops.logSumExpGrad} */
export const logSumExpGrad: Bound<'logSumExpGrad'> = /* @__PURE__ */ bind(
  ops.logSumExpGrad,
  logSumExpKernels,
);
/** log of the mean of exp x. {@inheritDoc ops.logMeanExp} */
export const logMeanExp: Bound<'logMeanExp'> = /* @__PURE__ */ bind(ops.logMeanExp, plainLogSumExpKernels);
/** dx = dy·softmax(x). {@inheritDoc ops.logMeanExpGrad} */
export const logMeanExpGrad: Bound<'logMeanExpGrad'> = /* @__PURE__ */ bind(
  ops.logMeanExpGrad,
  plainLogSumExpKernels,
);
/** log(exp a + exp b). {@inheritDoc ops.logAddExp} */
export const logAddExp: Bound<'logAddExp'> = /* @__PURE__ */ bind(ops.logAddExp, logAddExpKernels);
/** da = dy·exp(a − y), db = dy·exp(b − y). {@inheritDoc ops.logAddExpGrad} */
export const logAddExpGrad: Bound<'logAddExpGrad'> = /* @__PURE__ */ bind(
  ops.logAddExpGrad,
  logAddExpKernels,
);
/** yₖ = log Σ_{j ≤ k} exp xⱼ. {@inheritDoc ops.logCumSumExp} */
export const logCumSumExp: Bound<'logCumSumExp'> = /* @__PURE__ */ bind(
  ops.logCumSumExp,
  logCumSumExpKernels,
);
/** dxₖ = Σ_{j ≥ k} dyⱼ·exp(xₖ − yⱼ). {@inheritDoc ops.logCumSumExpGrad} */
export const logCumSumExpGrad: Bound<'logCumSumExpGrad'> = /* @__PURE__ */ bind(
  ops.logCumSumExpGrad,
  logCumSumExpKernels,
);
/** The loss −log softmax(x)[target], reduced. {@inheritDoc ops.crossEntropy} */
export const crossEntropy: Bound<'crossEntropy'> = /* @__PURE__ */ bind(
  ops.crossEntropy,
  crossEntropyKernels,
);
/** The same loss and its gradient, { loss, dx }. {@inheritDoc ops.crossEntropyGrad} */
export const crossEntropyGrad: Bound<'crossEntropyGrad'> = /* @__PURE__ */ bind(
  ops.crossEntropyGrad,
  crossEntropyKernels,
);
/** The loss −x[target] of log-probabilities, reduced. {@inheritDoc ops.nllLoss} */
export const nllLoss: Bound<'nllLoss'> = /* @__PURE__ */ bind(ops.nllLoss, nllLossKernels);
/** The same loss and its gradient, { loss, dx }. {@inheritDoc ops.nllLossGrad} */
export const nllLossGrad: Bound<'nllLossGrad'> = /* @__PURE__ */ bind(ops.nllLossGrad, nllLossKernels);
/** Σ p·log(p/q). {@inheritDoc ops.klDivergence} */
export const klDivergence: Bound<'klDivergence'> = /* @__PURE__ */ bind(
  ops.klDivergence,
  klDivergenceKernels,
);
/** { dp, dq }: dp = dy·(log(p/q) + 1), dq = −dy·p/q. {@inheritDoc ops.klDivergenceGrad} */
export const klDivergenceGrad: Bound<'klDivergenceGrad'> = /* @__PURE__ */ bind(
  ops.klDivergenceGrad,
  klDivergenceKernels,
);
/** One 1 in each row, at the first maximum. {@inheritDoc ops.hardmax} */
export const hardmax: Bound<'hardmax'> = /* @__PURE__ */ bind(ops.hardmax, hardmaxKernels);
/** One 1 in each row, at its class. {@inheritDoc ops.oneHot} */
export const oneHot: Bound<'oneHot'> = /* @__PURE__ */ bind(ops.oneHot, oneHotKernels);
/** [x − τ]₊ with sum 1. {@inheritDoc ops.sparsemax} */
export const sparsemax: Bound<'sparsemax'> = /* @__PURE__ */ bind(ops.sparsemax, sparsemaxKernels);
/** dx = dy − mean of dy over the support. {@inheritDoc ops.sparsemaxGrad} */
export const sparsemaxGrad: Bound<'sparsemaxGrad'> = /* @__PURE__ */ bind(ops.sparsemaxGrad, entmaxKernels);

const allEntmaxKernels: object = /* @__PURE__ */ Object.assign(
  {},
  entmaxKernels,
  sparsemaxKernels,
  hardmaxKernels,
  softmaxKernels,
);
const allEntmaxLossKernels: object = /* @__PURE__ */ Object.assign(
  {},
  entmaxLossKernels,
  crossEntropyKernels,
);

/** [(α − 1)x − τ]₊^{1/(α − 1)} with sum 1. {@inheritDoc ops.entmax} */
export const entmax: Bound<'entmax'> = /* @__PURE__ */ bind(ops.entmax, allEntmaxKernels);
/** dx = s ∘ (dy − Σ s·dy / Σ s), s = p^{2 − α}. {@inheritDoc ops.entmaxGrad} */
export const entmaxGrad: Bound<'entmaxGrad'> = /* @__PURE__ */ bind(ops.entmaxGrad, allEntmaxKernels);
/** (1 − ‖p‖²)/2 + ⟨p, x⟩ − x[target], reduced. {@inheritDoc ops.sparsemaxLoss} */
export const sparsemaxLoss: Bound<'sparsemaxLoss'> = /* @__PURE__ */ bind(
  ops.sparsemaxLoss,
  entmaxLossKernels,
);
/** The same loss and its gradient, { loss, dx }. {@inheritDoc ops.sparsemaxLossGrad} */
export const sparsemaxLossGrad: Bound<'sparsemaxLossGrad'> = /* @__PURE__ */ bind(
  ops.sparsemaxLossGrad,
  entmaxLossKernels,
);
/** H(p) + ⟨p, x⟩ − x[target], reduced. {@inheritDoc ops.entmaxLoss} */
export const entmaxLoss: Bound<'entmaxLoss'> = /* @__PURE__ */ bind(ops.entmaxLoss, allEntmaxLossKernels);
/** The same loss and its gradient, { loss, dx }. {@inheritDoc ops.entmaxLossGrad} */
export const entmaxLossGrad: Bound<'entmaxLossGrad'> = /* @__PURE__ */ bind(
  ops.entmaxLossGrad,
  allEntmaxLossKernels,
);
/** −Σ p·log p. {@inheritDoc ops.entropy} */
export const entropy: Bound<'entropy'> = /* @__PURE__ */ bind(ops.entropy, entropyKernels);
/** dp = −dy·(log p + 1). {@inheritDoc ops.entropyGrad} */
export const entropyGrad: Bound<'entropyGrad'> = /* @__PURE__ */ bind(ops.entropyGrad, entropyKernels);
/** A relaxed sample, softmax((x + g)/τ), or hard, with Gumbel noise g. {@inheritDoc ops.gumbelSoftmax} */
export const gumbelSoftmax: Bound<'gumbelSoftmax'> = /* @__PURE__ */ bind(
  ops.gumbelSoftmax,
  gumbelSoftmaxKernels,
);
/** dx = p ∘ (dy − Σ p·dy)/τ at the same noise. {@inheritDoc ops.gumbelSoftmaxGrad} */
export const gumbelSoftmaxGrad: Bound<'gumbelSoftmaxGrad'> = /* @__PURE__ */ bind(
  ops.gumbelSoftmaxGrad,
  gumbelSoftmaxKernels,
);
/** One class of each row, drawn from softmax(x/T). {@inheritDoc ops.sample} */
export const sample: Bound<'sample'> = /* @__PURE__ */ bind(ops.sample, gumbelTopKKernels);
/** k different classes of each row, drawn without replacement. {@inheritDoc ops.sampleWithoutReplacement} */
export const sampleWithoutReplacement: Bound<'sampleWithoutReplacement'> = /* @__PURE__ */ bind(
  ops.sampleWithoutReplacement,
  gumbelTopKKernels,
);
