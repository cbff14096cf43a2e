import type { Operation } from './contract/operation.ts';
import { adaptiveLogProbGradOperation, adaptiveLogProbOperation } from './ops/adaptive-log-prob.ts';
import { adaptiveLossGradOperation, adaptiveLossOperation } from './ops/adaptive-loss.ts';
import { adaptiveSoftmaxGradOperation, adaptiveSoftmaxOperation } from './ops/adaptive-softmax.ts';
import { crossEntropyGradOperation, crossEntropyOperation } from './ops/cross-entropy.ts';
import { entmaxGradOperation, entmaxOperation } from './ops/entmax.ts';
import { entmaxLossGradOperation, entmaxLossOperation } from './ops/entmax-loss.ts';
import { entropyGradOperation, entropyOperation } from './ops/entropy.ts';
import { gumbelSoftmaxGradOperation, gumbelSoftmaxOperation } from './ops/gumbel-softmax.ts';
import { hardmaxOperation } from './ops/hardmax.ts';
import {
  hierarchicalLogProbGradOperation,
  hierarchicalLogProbOperation,
} from './ops/hierarchical-log-prob.ts';
import { hierarchicalLossGradOperation, hierarchicalLossOperation } from './ops/hierarchical-loss.ts';
import { hierarchicalSampleOperation } from './ops/hierarchical-sample.ts';
import {
  hierarchicalSoftmaxGradOperation,
  hierarchicalSoftmaxOperation,
} from './ops/hierarchical-softmax.ts';
import { hierarchicalTopKOperation } from './ops/hierarchical-top-k.ts';
import type * as lowering from './ops/index.ts';
import { klDivergenceGradOperation, klDivergenceOperation } from './ops/kl-divergence.ts';
import { logAddExpGradOperation, logAddExpOperation } from './ops/log-add-exp.ts';
import { logCumSumExpGradOperation, logCumSumExpOperation } from './ops/log-cum-sum-exp.ts';
import { logMeanExpGradOperation, logMeanExpOperation } from './ops/log-mean-exp.ts';
import { logSoftmaxGradOperation, logSoftmaxOperation } from './ops/log-softmax.ts';
import { logSumExpGradOperation, logSumExpOperation } from './ops/log-sum-exp.ts';
import { nllLossGradOperation, nllLossOperation } from './ops/nll-loss.ts';
import { oneHotOperation } from './ops/one-hot.ts';
import { sampleOperation } from './ops/sample.ts';
import { sampleWithoutReplacementOperation } from './ops/sample-without-replacement.ts';
import { softmaxGradOperation, softmaxOperation } from './ops/softmax.ts';
import { softminGradOperation, softminOperation } from './ops/softmin.ts';
import { sparsemaxGradOperation, sparsemaxOperation } from './ops/sparsemax.ts';
import { sparsemaxLossGradOperation, sparsemaxLossOperation } from './ops/sparsemax-loss.ts';

export { type InputName, type Operation, ROLES, type Role, roleOf } from './contract/operation.ts';

/** The name of an operation. */
export type OpName = keyof typeof lowering;

/** Every operation with its own description. */
export const OPERATIONS: { readonly [K in OpName]: Operation } = {
  softmax: softmaxOperation,
  softmaxGrad: softmaxGradOperation,
  softmin: softminOperation,
  softminGrad: softminGradOperation,
  logSoftmax: logSoftmaxOperation,
  logSoftmaxGrad: logSoftmaxGradOperation,
  logSumExp: logSumExpOperation,
  logSumExpGrad: logSumExpGradOperation,
  logMeanExp: logMeanExpOperation,
  logMeanExpGrad: logMeanExpGradOperation,
  logAddExp: logAddExpOperation,
  logAddExpGrad: logAddExpGradOperation,
  logCumSumExp: logCumSumExpOperation,
  logCumSumExpGrad: logCumSumExpGradOperation,
  hardmax: hardmaxOperation,
  oneHot: oneHotOperation,
  sparsemax: sparsemaxOperation,
  sparsemaxGrad: sparsemaxGradOperation,
  entmax: entmaxOperation,
  entmaxGrad: entmaxGradOperation,
  crossEntropy: crossEntropyOperation,
  crossEntropyGrad: crossEntropyGradOperation,
  nllLoss: nllLossOperation,
  nllLossGrad: nllLossGradOperation,
  sparsemaxLoss: sparsemaxLossOperation,
  sparsemaxLossGrad: sparsemaxLossGradOperation,
  entmaxLoss: entmaxLossOperation,
  entmaxLossGrad: entmaxLossGradOperation,
  klDivergence: klDivergenceOperation,
  klDivergenceGrad: klDivergenceGradOperation,
  entropy: entropyOperation,
  entropyGrad: entropyGradOperation,
  gumbelSoftmax: gumbelSoftmaxOperation,
  gumbelSoftmaxGrad: gumbelSoftmaxGradOperation,
  sample: sampleOperation,
  sampleWithoutReplacement: sampleWithoutReplacementOperation,
  hierarchicalSoftmax: hierarchicalSoftmaxOperation,
  hierarchicalSoftmaxGrad: hierarchicalSoftmaxGradOperation,
  hierarchicalLoss: hierarchicalLossOperation,
  hierarchicalLossGrad: hierarchicalLossGradOperation,
  hierarchicalLogProb: hierarchicalLogProbOperation,
  hierarchicalLogProbGrad: hierarchicalLogProbGradOperation,
  hierarchicalTopK: hierarchicalTopKOperation,
  hierarchicalSample: hierarchicalSampleOperation,
  adaptiveSoftmax: adaptiveSoftmaxOperation,
  adaptiveSoftmaxGrad: adaptiveSoftmaxGradOperation,
  adaptiveLoss: adaptiveLossOperation,
  adaptiveLossGrad: adaptiveLossGradOperation,
  adaptiveLogProb: adaptiveLogProbOperation,
  adaptiveLogProbGrad: adaptiveLogProbGradOperation,
};
