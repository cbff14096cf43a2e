import type { Call } from './call.ts';
import * as adaptiveLossKernels from './cpu/adaptive-loss.ts';
import * as adaptiveSoftmaxKernels from './cpu/adaptive-softmax.ts';
import * as crossEntropyKernels from './cpu/cross-entropy.ts';
import * as entmaxKernels from './cpu/entmax.ts';
import * as entmaxLossKernels from './cpu/entmax-loss.ts';
import * as entropyKernels from './cpu/entropy.ts';
import * as gumbelSoftmaxKernels from './cpu/gumbel-softmax.ts';
import * as gumbelTopKKernels from './cpu/gumbel-top-k.ts';
import * as hardmaxKernels from './cpu/hardmax.ts';
import * as hierarchicalLossKernels from './cpu/hierarchical-loss.ts';
import * as hierarchicalSampleKernels from './cpu/hierarchical-sample.ts';
import * as hierarchicalSoftmaxKernels from './cpu/hierarchical-softmax.ts';
import * as hierarchicalTopKKernels from './cpu/hierarchical-top-k.ts';
import { host } from './cpu/host.ts';
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
import type { Method } from './method.ts';
import * as ops from './ops/index.ts';
import { runWith } from './run.ts';

type Bound<K extends keyof typeof ops> = Method<(typeof ops)[K], 'sync'>;

/** An operation bound to its kernels of the CPU reference: one line to call, and a bundle carries no other operation. */
function bind<F>(lower: F, kernels: object): Method<F, 'sync'> {
  const operation = lower as (...args: unknown[]) => Call;
  return ((...args: unknown[]) => runWith(host, () => operation(...args), kernels)) as Method<F, 'sync'>;
}

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
/** Log-probabilities of targets in a tree: Σ log p(child taken | node). {@inheritDoc ops.hierarchicalLogProb} */
export const hierarchicalLogProb: Method<typeof ops.hierarchicalLogProb, 'sync'> = /* @__PURE__ */ bind(
  ops.hierarchicalLogProb,
  hierarchicalLossKernels,
);
/** Their vector–Jacobian product, { dh, rows, dweight, dbias }. {@inheritDoc ops.hierarchicalLogProbGrad} */
export const hierarchicalLogProbGrad: Method<typeof ops.hierarchicalLogProbGrad, 'sync'> =
  /* @__PURE__ */ bind(ops.hierarchicalLogProbGrad, hierarchicalLossKernels);
/** The loss Σ −log p(child taken | node) of targets in a tree, reduced. {@inheritDoc ops.hierarchicalLoss} */
export const hierarchicalLoss: Method<typeof ops.hierarchicalLoss, 'sync'> = /* @__PURE__ */ bind(
  ops.hierarchicalLoss,
  hierarchicalLossKernels,
);
/** The same loss and its gradients, { loss, dh, rows, dweight, dbias }. {@inheritDoc ops.hierarchicalLossGrad} */
export const hierarchicalLossGrad: Method<typeof ops.hierarchicalLossGrad, 'sync'> = /* @__PURE__ */ bind(
  ops.hierarchicalLossGrad,
  hierarchicalLossKernels,
);
/** The probabilities of all leaves of a tree: Π p(child taken | node). {@inheritDoc ops.hierarchicalSoftmax} */
export const hierarchicalSoftmax: Method<typeof ops.hierarchicalSoftmax, 'sync'> = /* @__PURE__ */ bind(
  ops.hierarchicalSoftmax,
  hierarchicalSoftmaxKernels,
);
/** The k likeliest leaves of a tree, { classes, logProbs }. {@inheritDoc ops.hierarchicalTopK} */
export const hierarchicalTopK: Method<typeof ops.hierarchicalTopK, 'sync'> = /* @__PURE__ */ bind(
  ops.hierarchicalTopK,
  hierarchicalTopKKernels,
);
/** One leaf of a tree for each row, drawn from the root down. {@inheritDoc ops.hierarchicalSample} */
export const hierarchicalSample: Method<typeof ops.hierarchicalSample, 'sync'> = /* @__PURE__ */ bind(
  ops.hierarchicalSample,
  hierarchicalSampleKernels,
);
/** Log-probabilities of targets under adaptive softmax. {@inheritDoc ops.adaptiveLogProb} */
export const adaptiveLogProb: Method<typeof ops.adaptiveLogProb, 'sync'> = /* @__PURE__ */ bind(
  ops.adaptiveLogProb,
  adaptiveLossKernels,
);
/** Their vector–Jacobian product, { dh, dhead, dheadBias, dprojection0, dtail0, … }. {@inheritDoc ops.adaptiveLogProbGrad} */
export const adaptiveLogProbGrad: Method<typeof ops.adaptiveLogProbGrad, 'sync'> = /* @__PURE__ */ bind(
  ops.adaptiveLogProbGrad,
  adaptiveLossKernels,
);
/** The loss of targets under adaptive softmax, reduced. {@inheritDoc ops.adaptiveLoss} */
export const adaptiveLoss: Method<typeof ops.adaptiveLoss, 'sync'> = /* @__PURE__ */ bind(
  ops.adaptiveLoss,
  adaptiveLossKernels,
);
/** The same loss and its gradients, { loss, dh, dhead, dheadBias, dprojection0, dtail0, … }. {@inheritDoc ops.adaptiveLossGrad} */
export const adaptiveLossGrad: Method<typeof ops.adaptiveLossGrad, 'sync'> = /* @__PURE__ */ bind(
  ops.adaptiveLossGrad,
  adaptiveLossKernels,
);
/** The probabilities of all classes under adaptive softmax. {@inheritDoc ops.adaptiveSoftmax} */
export const adaptiveSoftmax: Method<typeof ops.adaptiveSoftmax, 'sync'> = /* @__PURE__ */ bind(
  ops.adaptiveSoftmax,
  adaptiveSoftmaxKernels,
);
