import type { Backend, Kernel } from '../backend.ts';
import type { Host } from '../dtype.ts';
import type { KernelName } from '../kernels.ts';
import { adaptiveLoss, adaptiveLossGrad } from './adaptive-loss.ts';
import { adaptiveSoftmax } from './adaptive-softmax.ts';
import { crossEntropy, crossEntropyGrad, softCrossEntropy, softCrossEntropyGrad } from './cross-entropy.ts';
import { entmax, entmax15, entmaxGrad } from './entmax.ts';
import { entmaxLoss, entmaxLossGrad } from './entmax-loss.ts';
import { entropy, entropyGrad } from './entropy.ts';
import { gumbelSoftmax, gumbelSoftmaxGrad } from './gumbel-softmax.ts';
import { gumbelTopK } from './gumbel-top-k.ts';
import { hardmax } from './hardmax.ts';
import { hierarchicalLoss, hierarchicalLossGrad } from './hierarchical-loss.ts';
import { hierarchicalSample } from './hierarchical-sample.ts';
import { hierarchicalSoftmax } from './hierarchical-softmax.ts';
import { hierarchicalTopK } from './hierarchical-top-k.ts';
import { host } from './host.ts';
import { klDivergence, klDivergenceGrad } from './kl-divergence.ts';
import { logAddExp, logAddExpGrad } from './log-add-exp.ts';
import { logCumSumExp, logCumSumExpGrad } from './log-cum-sum-exp.ts';
import { logSoftmax, logSoftmaxGrad } from './log-softmax.ts';
import { logSumExp, logSumExpGrad } from './log-sum-exp.ts';
import { nllLoss, nllLossGrad } from './nll-loss.ts';
import { oneHot } from './one-hot.ts';
import { signedLogSumExp, signedLogSumExpGrad } from './signed-log-sum-exp.ts';
import { softmax, softmaxGrad } from './softmax.ts';
import { sparsemax } from './sparsemax.ts';

/** Every kernel of the reference. To borrow one, spread: `{ ...mine, kernels: { ...cpuKernels, softmax } }`. */
export const cpuKernels: { readonly [K in KernelName]: Kernel<K, Host, 'sync'> } = {
  softmax,
  softmaxGrad,
  logSoftmax,
  logSoftmaxGrad,
  logSumExp,
  logSumExpGrad,
  signedLogSumExp,
  signedLogSumExpGrad,
  logAddExp,
  logAddExpGrad,
  logCumSumExp,
  logCumSumExpGrad,
  crossEntropy,
  crossEntropyGrad,
  softCrossEntropy,
  softCrossEntropyGrad,
  nllLoss,
  nllLossGrad,
  klDivergence,
  klDivergenceGrad,
  entropy,
  entropyGrad,
  gumbelSoftmax,
  gumbelSoftmaxGrad,
  gumbelTopK,
  hardmax,
  oneHot,
  sparsemax,
  entmax15,
  entmax,
  entmaxGrad,
  entmaxLoss,
  entmaxLossGrad,
  hierarchicalLoss,
  hierarchicalLossGrad,
  hierarchicalSoftmax,
  hierarchicalTopK,
  hierarchicalSample,
  adaptiveLoss,
  adaptiveLossGrad,
  adaptiveSoftmax,
};

/**
 * The CPU reference: plain loops, float64 inside, one rounding at the end; written to be read.
 *
 * @example
 * ```ts
 * createSoftmax(cpu()).softmax([1, 1]).toArray(); // [0.5, 0.5]
 * ```
 */
export const cpu = (): Backend<Host, 'sync'> => ({ ...host, kernels: cpuKernels });
