import type { Call } from './call.ts';
import * as crossEntropyKernels from './cpu/cross-entropy.ts';
import { host } from './cpu/host.ts';
import * as logSoftmaxKernels from './cpu/log-softmax.ts';
import * as logSumExpKernels from './cpu/log-sum-exp.ts';
import * as softmaxKernels from './cpu/softmax.ts';
import type { Method } from './method.ts';
import * as ops from './ops/index.ts';
import { runWith } from './run.ts';

/** An operation bound to its kernels of the CPU reference: one line to call, and a bundle carries no other operation. */
function bind<F>(lower: F, kernels: object): Method<F, 'sync'> {
  const operation = lower as (...args: unknown[]) => Call;
  return ((...args: unknown[]) => runWith(host, () => operation(...args), kernels)) as Method<F, 'sync'>;
}

/** Probabilities: softmax(x)ₖ = exp((xₖ − max x)/T) / Σⱼ exp((xⱼ − max x)/T). {@inheritDoc ops.softmax} */
export const softmax: Method<typeof ops.softmax, 'sync'> = /* @__PURE__ */ bind(ops.softmax, softmaxKernels);
/** dx = p ∘ (dy − Σ p·dy)/T. {@inheritDoc ops.softmaxGrad} */
export const softmaxGrad: Method<typeof ops.softmaxGrad, 'sync'> = /* @__PURE__ */ bind(
  ops.softmaxGrad,
  softmaxKernels,
);
/** softmin(x) = softmax(−x). {@inheritDoc ops.softmin} */
export const softmin: Method<typeof ops.softmin, 'sync'> = /* @__PURE__ */ bind(ops.softmin, softmaxKernels);
/** dx = −p ∘ (dy − Σ p·dy)/T. {@inheritDoc ops.softminGrad} */
export const softminGrad: Method<typeof ops.softminGrad, 'sync'> = /* @__PURE__ */ bind(
  ops.softminGrad,
  softmaxKernels,
);
/** Log-probabilities: (x − max x)/T − log Σ exp((x − max x)/T). {@inheritDoc ops.logSoftmax} */
export const logSoftmax: Method<typeof ops.logSoftmax, 'sync'> = /* @__PURE__ */ bind(
  ops.logSoftmax,
  logSoftmaxKernels,
);
/** dx = (dy − p·Σ dy)/T. {@inheritDoc ops.logSoftmaxGrad} */
export const logSoftmaxGrad: Method<typeof ops.logSoftmaxGrad, 'sync'> = /* @__PURE__ */ bind(
  ops.logSoftmaxGrad,
  logSoftmaxKernels,
);
/** log Σ exp x. {@inheritDoc ops.logSumExp} */
export const logSumExp: Method<typeof ops.logSumExp, 'sync'> = /* @__PURE__ */ bind(
  ops.logSumExp,
  logSumExpKernels,
);
/** dx = dy·exp(x − logSumExp x). {@inheritDoc ops.logSumExpGrad} */
export const logSumExpGrad: Method<typeof ops.logSumExpGrad, 'sync'> = /* @__PURE__ */ bind(
  ops.logSumExpGrad,
  logSumExpKernels,
);
/** The loss −log softmax(x)[target], reduced. {@inheritDoc ops.crossEntropy} */
export const crossEntropy: Method<typeof ops.crossEntropy, 'sync'> = /* @__PURE__ */ bind(
  ops.crossEntropy,
  crossEntropyKernels,
);
/** The same loss and its gradient, { loss, dx }. {@inheritDoc ops.crossEntropyGrad} */
export const crossEntropyGrad: Method<typeof ops.crossEntropyGrad, 'sync'> = /* @__PURE__ */ bind(
  ops.crossEntropyGrad,
  crossEntropyKernels,
);
