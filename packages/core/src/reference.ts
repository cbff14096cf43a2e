import * as cpu from './cpu/kernels.ts';
import { type Bound, bind } from './execute/bind.ts';
import * as ops from './ops/index.ts';

/**
 * Probabilities: softmax(x)ₖ = exp((xₖ − max x)/T) / Σⱼ exp((xⱼ − max x)/T).
 * {@inheritDoc ops.softmax}
 */
export const softmax: Bound<'softmax'> = /* @__PURE__ */ bind(ops.softmax, { softmax: cpu.softmax });
/** dx = p ∘ (dy − Σ p·dy)/T. {@inheritDoc ops.softmaxGrad} */
export const softmaxGrad: Bound<'softmaxGrad'> = /* @__PURE__ */ bind(ops.softmaxGrad, {
  softmaxGrad: cpu.softmaxGrad,
});
/** softmin(x) = softmax(−x). {@inheritDoc ops.softmin} */
export const softmin: Bound<'softmin'> = /* @__PURE__ */ bind(ops.softmin, { softmax: cpu.softmax });
/** dx = −p ∘ (dy − Σ p·dy)/T. {@inheritDoc ops.softminGrad} */
export const softminGrad: Bound<'softminGrad'> = /* @__PURE__ */ bind(ops.softminGrad, {
  softmaxGrad: cpu.softmaxGrad,
});
/** Log-probabilities: (x − max x)/T − log Σ exp((x − max x)/T). {@inheritDoc ops.logSoftmax} */
export const logSoftmax: Bound<'logSoftmax'> = /* @__PURE__ */ bind(ops.logSoftmax, {
  logSoftmax: cpu.logSoftmax,
});
/** dx = (dy − p·Σ dy)/T. {@inheritDoc ops.logSoftmaxGrad} */
export const logSoftmaxGrad: Bound<'logSoftmaxGrad'> = /* @__PURE__ */ bind(ops.logSoftmaxGrad, {
  logSoftmaxGrad: cpu.logSoftmaxGrad,
});
/** log Σ b·exp x. {@inheritDoc ops.logSumExp} */
export const logSumExp: Bound<'logSumExp'> = /* @__PURE__ */ bind(ops.logSumExp, {
  logSumExp: cpu.logSumExp,
  signedLogSumExp: cpu.signedLogSumExp,
});
/** dx = dy·b·exp x / Σ b·exp x. {@inheritDoc ops.logSumExpGrad} */
export const logSumExpGrad: Bound<'logSumExpGrad'> = /* @__PURE__ */ bind(ops.logSumExpGrad, {
  logSumExpGrad: cpu.logSumExpGrad,
  signedLogSumExpGrad: cpu.signedLogSumExpGrad,
});
/** log of the mean of exp x. {@inheritDoc ops.logMeanExp} */
export const logMeanExp: Bound<'logMeanExp'> = /* @__PURE__ */ bind(ops.logMeanExp, {
  logSumExp: cpu.logSumExp,
});
/** dx = dy·softmax(x). {@inheritDoc ops.logMeanExpGrad} */
export const logMeanExpGrad: Bound<'logMeanExpGrad'> = /* @__PURE__ */ bind(ops.logMeanExpGrad, {
  logSumExpGrad: cpu.logSumExpGrad,
});
/** log(exp a + exp b). {@inheritDoc ops.logAddExp} */
export const logAddExp: Bound<'logAddExp'> = /* @__PURE__ */ bind(ops.logAddExp, {
  logAddExp: cpu.logAddExp,
});
/** da = dy·exp(a − y), db = dy·exp(b − y). {@inheritDoc ops.logAddExpGrad} */
export const logAddExpGrad: Bound<'logAddExpGrad'> = /* @__PURE__ */ bind(ops.logAddExpGrad, {
  logAddExpGrad: cpu.logAddExpGrad,
});
/** yₖ = log Σ_{j ≤ k} exp xⱼ. {@inheritDoc ops.logCumSumExp} */
export const logCumSumExp: Bound<'logCumSumExp'> = /* @__PURE__ */ bind(ops.logCumSumExp, {
  logCumSumExp: cpu.logCumSumExp,
});
/** dxₖ = Σ_{j ≥ k} dyⱼ·exp(xₖ − yⱼ). {@inheritDoc ops.logCumSumExpGrad} */
export const logCumSumExpGrad: Bound<'logCumSumExpGrad'> = /* @__PURE__ */ bind(ops.logCumSumExpGrad, {
  logCumSumExpGrad: cpu.logCumSumExpGrad,
});
/** The loss −log softmax(x)[target], reduced. {@inheritDoc ops.crossEntropy} */
export const crossEntropy: Bound<'crossEntropy'> = /* @__PURE__ */ bind(ops.crossEntropy, {
  crossEntropy: cpu.crossEntropy,
  softCrossEntropy: cpu.softCrossEntropy,
});
/** The loss and its gradient, { loss, dx }. {@inheritDoc ops.crossEntropyGrad} */
export const crossEntropyGrad: Bound<'crossEntropyGrad'> = /* @__PURE__ */ bind(ops.crossEntropyGrad, {
  crossEntropyGrad: cpu.crossEntropyGrad,
  softCrossEntropyGrad: cpu.softCrossEntropyGrad,
});
/** The loss −x[target] of log-probabilities, reduced. {@inheritDoc ops.nllLoss} */
export const nllLoss: Bound<'nllLoss'> = /* @__PURE__ */ bind(ops.nllLoss, { nllLoss: cpu.nllLoss });
/** The loss and its gradient, { loss, dx }. {@inheritDoc ops.nllLossGrad} */
export const nllLossGrad: Bound<'nllLossGrad'> = /* @__PURE__ */ bind(ops.nllLossGrad, {
  nllLossGrad: cpu.nllLossGrad,
});
/** Σ p·log(p/q). {@inheritDoc ops.klDivergence} */
export const klDivergence: Bound<'klDivergence'> = /* @__PURE__ */ bind(ops.klDivergence, {
  klDivergence: cpu.klDivergence,
});
/** { dp, dq }: dp = dy·(log(p/q) + 1), dq = −dy·p/q. {@inheritDoc ops.klDivergenceGrad} */
export const klDivergenceGrad: Bound<'klDivergenceGrad'> = /* @__PURE__ */ bind(ops.klDivergenceGrad, {
  klDivergenceGrad: cpu.klDivergenceGrad,
});
/** One 1 in each row, at the first maximum. {@inheritDoc ops.hardmax} */
export const hardmax: Bound<'hardmax'> = /* @__PURE__ */ bind(ops.hardmax, { hardmax: cpu.hardmax });
/** One 1 in each row, at its class. {@inheritDoc ops.oneHot} */
export const oneHot: Bound<'oneHot'> = /* @__PURE__ */ bind(ops.oneHot, { oneHot: cpu.oneHot });
/** [x − τ]₊ with sum 1. {@inheritDoc ops.sparsemax} */
export const sparsemax: Bound<'sparsemax'> = /* @__PURE__ */ bind(ops.sparsemax, {
  sparsemax: cpu.sparsemax,
});
/** dx = dy − mean of dy over the support. {@inheritDoc ops.sparsemaxGrad} */
export const sparsemaxGrad: Bound<'sparsemaxGrad'> = /* @__PURE__ */ bind(ops.sparsemaxGrad, {
  entmaxGrad: cpu.entmaxGrad,
});

/** [(α − 1)x − τ]₊^{1/(α − 1)} with sum 1. {@inheritDoc ops.entmax} */
export const entmax: Bound<'entmax'> = /* @__PURE__ */ bind(ops.entmax, {
  entmax: cpu.entmax,
  entmax15: cpu.entmax15,
  sparsemax: cpu.sparsemax,
  hardmax: cpu.hardmax,
  softmax: cpu.softmax,
});
/** dx = s ∘ (dy − Σ s·dy / Σ s), s = p^{2 − α}. {@inheritDoc ops.entmaxGrad} */
export const entmaxGrad: Bound<'entmaxGrad'> = /* @__PURE__ */ bind(ops.entmaxGrad, {
  entmaxGrad: cpu.entmaxGrad,
  hardmax: cpu.hardmax,
  softmaxGrad: cpu.softmaxGrad,
});
/** (1 − ‖p‖²)/2 + ⟨p, x⟩ − x[target], reduced. {@inheritDoc ops.sparsemaxLoss} */
export const sparsemaxLoss: Bound<'sparsemaxLoss'> = /* @__PURE__ */ bind(ops.sparsemaxLoss, {
  entmaxLoss: cpu.entmaxLoss,
});
/** The loss and its gradient, { loss, dx }. {@inheritDoc ops.sparsemaxLossGrad} */
export const sparsemaxLossGrad: Bound<'sparsemaxLossGrad'> = /* @__PURE__ */ bind(ops.sparsemaxLossGrad, {
  entmaxLossGrad: cpu.entmaxLossGrad,
});
/** H(p) + ⟨p, x⟩ − x[target], reduced. {@inheritDoc ops.entmaxLoss} */
export const entmaxLoss: Bound<'entmaxLoss'> = /* @__PURE__ */ bind(ops.entmaxLoss, {
  entmaxLoss: cpu.entmaxLoss,
  crossEntropy: cpu.crossEntropy,
});
/** The loss and its gradient, { loss, dx }. {@inheritDoc ops.entmaxLossGrad} */
export const entmaxLossGrad: Bound<'entmaxLossGrad'> = /* @__PURE__ */ bind(ops.entmaxLossGrad, {
  entmaxLossGrad: cpu.entmaxLossGrad,
  crossEntropyGrad: cpu.crossEntropyGrad,
});
/** −Σ p·log p. {@inheritDoc ops.entropy} */
export const entropy: Bound<'entropy'> = /* @__PURE__ */ bind(ops.entropy, { entropy: cpu.entropy });
/** dp = −dy·(log p + 1). {@inheritDoc ops.entropyGrad} */
export const entropyGrad: Bound<'entropyGrad'> = /* @__PURE__ */ bind(ops.entropyGrad, {
  entropyGrad: cpu.entropyGrad,
});
/**
 * A relaxed sample, softmax((x + g)/τ), or hard, with Gumbel noise g.
 * {@inheritDoc ops.gumbelSoftmax}
 */
export const gumbelSoftmax: Bound<'gumbelSoftmax'> = /* @__PURE__ */ bind(ops.gumbelSoftmax, {
  gumbelSoftmax: cpu.gumbelSoftmax,
});
/** dx = p ∘ (dy − Σ p·dy)/τ at the same noise. {@inheritDoc ops.gumbelSoftmaxGrad} */
export const gumbelSoftmaxGrad: Bound<'gumbelSoftmaxGrad'> = /* @__PURE__ */ bind(ops.gumbelSoftmaxGrad, {
  gumbelSoftmaxGrad: cpu.gumbelSoftmaxGrad,
});
/** One class of each row, drawn from softmax(x/T). {@inheritDoc ops.sample} */
export const sample: Bound<'sample'> = /* @__PURE__ */ bind(ops.sample, { gumbelTopK: cpu.gumbelTopK });
/**
 * k different classes of each row, drawn without replacement.
 * {@inheritDoc ops.sampleWithoutReplacement}
 */
export const sampleWithoutReplacement: Bound<'sampleWithoutReplacement'> = /* @__PURE__ */ bind(
  ops.sampleWithoutReplacement,
  { gumbelTopK: cpu.gumbelTopK },
);

/**
 * Log-probabilities of targets in a tree: Σ log p(child taken | node).
 * {@inheritDoc ops.hierarchicalLogProb}
 */
export const hierarchicalLogProb: Bound<'hierarchicalLogProb'> = /* @__PURE__ */ bind(
  ops.hierarchicalLogProb,
  { hierarchicalLoss: cpu.hierarchicalLoss },
);
/**
 * The vector–Jacobian product, { dh, rows, dweight, dbias }.
 * {@inheritDoc ops.hierarchicalLogProbGrad}
 */
export const hierarchicalLogProbGrad: Bound<'hierarchicalLogProbGrad'> = /* @__PURE__ */ bind(
  ops.hierarchicalLogProbGrad,
  { hierarchicalLossGrad: cpu.hierarchicalLossGrad },
);
/**
 * The loss Σ −log p(child taken | node) of targets in a tree, reduced.
 * {@inheritDoc ops.hierarchicalLoss}
 */
export const hierarchicalLoss: Bound<'hierarchicalLoss'> = /* @__PURE__ */ bind(ops.hierarchicalLoss, {
  hierarchicalLoss: cpu.hierarchicalLoss,
});
/**
 * The loss and its gradients, { loss, dh, rows, dweight, dbias }.
 * {@inheritDoc ops.hierarchicalLossGrad}
 */
export const hierarchicalLossGrad: Bound<'hierarchicalLossGrad'> = /* @__PURE__ */ bind(
  ops.hierarchicalLossGrad,
  { hierarchicalLossGrad: cpu.hierarchicalLossGrad },
);
/**
 * The probabilities of all leaves of a tree: Π p(child taken | node).
 * {@inheritDoc ops.hierarchicalSoftmax}
 */
export const hierarchicalSoftmax: Bound<'hierarchicalSoftmax'> = /* @__PURE__ */ bind(
  ops.hierarchicalSoftmax,
  { hierarchicalSoftmax: cpu.hierarchicalSoftmax },
);
/**
 * The vector–Jacobian product, { dh, dweight, dbias }. {@inheritDoc ops.hierarchicalSoftmaxGrad}
 */
export const hierarchicalSoftmaxGrad: Bound<'hierarchicalSoftmaxGrad'> = /* @__PURE__ */ bind(
  ops.hierarchicalSoftmaxGrad,
  { hierarchicalSoftmaxGrad: cpu.hierarchicalSoftmaxGrad },
);
/**
 * The k most probable leaves of a tree, { classes, logProbs }. {@inheritDoc ops.hierarchicalTopK}
 */
export const hierarchicalTopK: Bound<'hierarchicalTopK'> = /* @__PURE__ */ bind(ops.hierarchicalTopK, {
  hierarchicalTopK: cpu.hierarchicalTopK,
});
/**
 * One leaf of a tree for each row, drawn from the root down. {@inheritDoc ops.hierarchicalSample}
 */
export const hierarchicalSample: Bound<'hierarchicalSample'> = /* @__PURE__ */ bind(ops.hierarchicalSample, {
  hierarchicalSample: cpu.hierarchicalSample,
});
/** Log-probabilities of targets under adaptive softmax. {@inheritDoc ops.adaptiveLogProb} */
export const adaptiveLogProb: Bound<'adaptiveLogProb'> = /* @__PURE__ */ bind(ops.adaptiveLogProb, {
  adaptiveLoss: cpu.adaptiveLoss,
});
/**
 * The vector–Jacobian product, { dh, dhead, dheadBias, dprojection0, dtail0, … }.
 * {@inheritDoc ops.adaptiveLogProbGrad}
 */
export const adaptiveLogProbGrad: Bound<'adaptiveLogProbGrad'> = /* @__PURE__ */ bind(
  ops.adaptiveLogProbGrad,
  { adaptiveLossGrad: cpu.adaptiveLossGrad },
);
/** The loss of targets under adaptive softmax, reduced. {@inheritDoc ops.adaptiveLoss} */
export const adaptiveLoss: Bound<'adaptiveLoss'> = /* @__PURE__ */ bind(ops.adaptiveLoss, {
  adaptiveLoss: cpu.adaptiveLoss,
});
/**
 * The loss and its gradients, { loss, dh, dhead, dheadBias, dprojection0, dtail0, … }.
 * {@inheritDoc ops.adaptiveLossGrad}
 */
export const adaptiveLossGrad: Bound<'adaptiveLossGrad'> = /* @__PURE__ */ bind(ops.adaptiveLossGrad, {
  adaptiveLossGrad: cpu.adaptiveLossGrad,
});
/** The probabilities of all classes under adaptive softmax. {@inheritDoc ops.adaptiveSoftmax} */
export const adaptiveSoftmax: Bound<'adaptiveSoftmax'> = /* @__PURE__ */ bind(ops.adaptiveSoftmax, {
  adaptiveSoftmax: cpu.adaptiveSoftmax,
});
/**
 * The vector–Jacobian product, { dh, dhead, dheadBias, dprojection0, dtail0, … }.
 * {@inheritDoc ops.adaptiveSoftmaxGrad}
 */
export const adaptiveSoftmaxGrad: Bound<'adaptiveSoftmaxGrad'> = /* @__PURE__ */ bind(
  ops.adaptiveSoftmaxGrad,
  { adaptiveSoftmaxGrad: cpu.adaptiveSoftmaxGrad },
);
