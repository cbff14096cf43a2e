import { type Bound, bind } from './bind.ts';
import * as adaptiveLossKernels from './cpu/adaptive-loss.ts';
import * as adaptiveSoftmaxKernels from './cpu/adaptive-softmax.ts';
import * as adaptiveSoftmaxGradKernels from './cpu/adaptive-softmax-grad.ts';
import * as hierarchicalLossKernels from './cpu/hierarchical-loss.ts';
import * as hierarchicalSampleKernels from './cpu/hierarchical-sample.ts';
import * as hierarchicalSoftmaxKernels from './cpu/hierarchical-softmax.ts';
import * as hierarchicalSoftmaxGradKernels from './cpu/hierarchical-softmax-grad.ts';
import * as hierarchicalTopKKernels from './cpu/hierarchical-top-k.ts';
import * as ops from './ops/index.ts';

/** Log-probabilities of targets in a tree: Σ log p(child taken | node). {@inheritDoc ops.hierarchicalLogProb} */
export const hierarchicalLogProb: Bound<'hierarchicalLogProb'> = /* @__PURE__ */ bind(
  ops.hierarchicalLogProb,
  hierarchicalLossKernels,
);
/** Their vector–Jacobian product, { dh, rows, dweight, dbias }. {@inheritDoc ops.hierarchicalLogProbGrad} */
export const hierarchicalLogProbGrad: Bound<'hierarchicalLogProbGrad'> = /* @__PURE__ */ bind(
  ops.hierarchicalLogProbGrad,
  hierarchicalLossKernels,
);
/** The loss Σ −log p(child taken | node) of targets in a tree, reduced. {@inheritDoc ops.hierarchicalLoss} */
export const hierarchicalLoss: Bound<'hierarchicalLoss'> = /* @__PURE__ */ bind(
  ops.hierarchicalLoss,
  hierarchicalLossKernels,
);
/** The same loss and its gradients, { loss, dh, rows, dweight, dbias }. {@inheritDoc ops.hierarchicalLossGrad} */
export const hierarchicalLossGrad: Bound<'hierarchicalLossGrad'> = /* @__PURE__ */ bind(
  ops.hierarchicalLossGrad,
  hierarchicalLossKernels,
);
/** The probabilities of all leaves of a tree: Π p(child taken | node). {@inheritDoc ops.hierarchicalSoftmax} */
export const hierarchicalSoftmax: Bound<'hierarchicalSoftmax'> = /* @__PURE__ */ bind(
  ops.hierarchicalSoftmax,
  hierarchicalSoftmaxKernels,
);
/** Their vector–Jacobian product, { dh, dweight, dbias }. {@inheritDoc ops.hierarchicalSoftmaxGrad} */
export const hierarchicalSoftmaxGrad: Bound<'hierarchicalSoftmaxGrad'> = /* @__PURE__ */ bind(
  ops.hierarchicalSoftmaxGrad,
  hierarchicalSoftmaxGradKernels,
);
/** The k likeliest leaves of a tree, { classes, logProbs }. {@inheritDoc ops.hierarchicalTopK} */
export const hierarchicalTopK: Bound<'hierarchicalTopK'> = /* @__PURE__ */ bind(
  ops.hierarchicalTopK,
  hierarchicalTopKKernels,
);
/** One leaf of a tree for each row, drawn from the root down. {@inheritDoc ops.hierarchicalSample} */
export const hierarchicalSample: Bound<'hierarchicalSample'> = /* @__PURE__ */ bind(
  ops.hierarchicalSample,
  hierarchicalSampleKernels,
);
/** Log-probabilities of targets under adaptive softmax. {@inheritDoc ops.adaptiveLogProb} */
export const adaptiveLogProb: Bound<'adaptiveLogProb'> = /* @__PURE__ */ bind(
  ops.adaptiveLogProb,
  adaptiveLossKernels,
);
/** Their vector–Jacobian product, { dh, dhead, dheadBias, dprojection0, dtail0, … }. {@inheritDoc ops.adaptiveLogProbGrad} */
export const adaptiveLogProbGrad: Bound<'adaptiveLogProbGrad'> = /* @__PURE__ */ bind(
  ops.adaptiveLogProbGrad,
  adaptiveLossKernels,
);
/** The loss of targets under adaptive softmax, reduced. {@inheritDoc ops.adaptiveLoss} */
export const adaptiveLoss: Bound<'adaptiveLoss'> = /* @__PURE__ */ bind(
  ops.adaptiveLoss,
  adaptiveLossKernels,
);
/** The same loss and its gradients, { loss, dh, dhead, dheadBias, dprojection0, dtail0, … }. {@inheritDoc ops.adaptiveLossGrad} */
export const adaptiveLossGrad: Bound<'adaptiveLossGrad'> = /* @__PURE__ */ bind(
  ops.adaptiveLossGrad,
  adaptiveLossKernels,
);
/** The probabilities of all classes under adaptive softmax. {@inheritDoc ops.adaptiveSoftmax} */
export const adaptiveSoftmax: Bound<'adaptiveSoftmax'> = /* @__PURE__ */ bind(
  ops.adaptiveSoftmax,
  adaptiveSoftmaxKernels,
);
/** Their vector–Jacobian product, { dh, dhead, dheadBias, dprojection0, dtail0, … }. {@inheritDoc ops.adaptiveSoftmaxGrad} */
export const adaptiveSoftmaxGrad: Bound<'adaptiveSoftmaxGrad'> = /* @__PURE__ */ bind(
  ops.adaptiveSoftmaxGrad,
  adaptiveSoftmaxGradKernels,
);
