import type { OpName } from '@softmax/core';
import { OPERATIONS } from '@softmax/core/operations';
import {
  adaptiveLogProb,
  adaptiveLogProbGrad,
  adaptiveLoss,
  adaptiveLossGrad,
  adaptiveSoftmax,
  adaptiveSoftmaxGrad,
} from '../cases/adaptive.ts';
import { rowwiseLaws } from '../cases/contract/rowwise-laws.ts';
import { sentinels } from '../cases/contract/sentinels.ts';
import { tensors } from '../cases/contract/tensors.ts';
import { crossEntropy, crossEntropyGrad } from '../cases/cross-entropy.ts';
import { entropy, entropyGrad, klDivergence, klDivergenceGrad } from '../cases/divergence.ts';
import { lives } from '../cases/endurance/lives.ts';
import { runs } from '../cases/endurance/runs.ts';
import { sizes } from '../cases/endurance/sizes.ts';
import { threads } from '../cases/endurance/threads.ts';
import { entmax, entmaxGrad } from '../cases/entmax.ts';
import { entmaxLoss, entmaxLossGrad, sparsemaxLoss, sparsemaxLossGrad } from '../cases/entmax-loss.ts';
import { faint } from '../cases/faint.ts';
import { endless } from '../cases/gradient/endless.ts';
import { randomGradients } from '../cases/gradient/random.ts';
import { zeros } from '../cases/gradient/zeros.ts';
import { gumbelSoftmax, gumbelSoftmaxGrad } from '../cases/gumbel-softmax.ts';
import { hardmax } from '../cases/hardmax.ts';
import {
  hierarchicalLogProb,
  hierarchicalLogProbGrad,
  hierarchicalLoss,
  hierarchicalLossGrad,
  hierarchicalSample,
  hierarchicalSoftmax,
  hierarchicalSoftmaxGrad,
  hierarchicalTopK,
} from '../cases/hierarchical.ts';
import { logAddExp, logAddExpGrad } from '../cases/log-add-exp.ts';
import { logCumSumExp, logCumSumExpGrad } from '../cases/log-cum-sum-exp.ts';
import { logMeanExp, logMeanExpGrad } from '../cases/log-mean-exp.ts';
import { logSoftmax, logSoftmaxGrad } from '../cases/log-softmax.ts';
import { logSumExp, logSumExpGrad } from '../cases/log-sum-exp.ts';
import { longRows } from '../cases/long-rows.ts';
import { negativeZeros } from '../cases/negative-zero.ts';
import { nllLoss, nllLossGrad } from '../cases/nll-loss.ts';
import { oneHot } from '../cases/one-hot.ts';
import { sample, sampleWithoutReplacement } from '../cases/sample.ts';
import { signedLogSumExp, signedLogSumExpGrad } from '../cases/signed-log-sum-exp.ts';
import { softCrossEntropy, softCrossEntropyGrad } from '../cases/soft-cross-entropy.ts';
import { softmax, softmaxGrad } from '../cases/softmax.ts';
import { softmin, softminGrad } from '../cases/softmin.ts';
import { sparsemax, sparsemaxGrad } from '../cases/sparsemax.ts';
import { draws } from '../cases/statistics/draws.ts';
import { noise } from '../cases/statistics/noise.ts';
import { trees } from '../cases/statistics/trees.ts';
import { subnormalLogarithms } from '../cases/subnormal-logarithms.ts';
import { operationsThat, takes } from '../operations/described.ts';
import type { Case } from './case.ts';

/** The compiler requires cases for every operation. */
const BY_OPERATION: { readonly [K in OpName]: readonly Case[] } = {
  softmax,
  softmaxGrad,
  softmin,
  softminGrad,
  logSoftmax,
  logSoftmaxGrad,
  logSumExp: [...logSumExp, ...signedLogSumExp],
  logSumExpGrad: [...logSumExpGrad, ...signedLogSumExpGrad],
  crossEntropy: [...crossEntropy, ...softCrossEntropy],
  crossEntropyGrad: [...crossEntropyGrad, ...softCrossEntropyGrad],
  logMeanExp,
  logMeanExpGrad,
  logAddExp,
  logAddExpGrad,
  logCumSumExp,
  logCumSumExpGrad,
  nllLoss,
  nllLossGrad,
  klDivergence,
  klDivergenceGrad,
  entropy,
  entropyGrad,
  hardmax,
  oneHot,
  gumbelSoftmax,
  gumbelSoftmaxGrad,
  sample,
  sampleWithoutReplacement,
  sparsemax,
  sparsemaxGrad,
  sparsemaxLoss,
  sparsemaxLossGrad,
  entmax,
  entmaxGrad,
  entmaxLoss,
  entmaxLossGrad,
  hierarchicalSoftmax,
  hierarchicalSoftmaxGrad,
  hierarchicalLoss,
  hierarchicalLossGrad,
  hierarchicalLogProb,
  hierarchicalLogProbGrad,
  hierarchicalTopK,
  hierarchicalSample,
  adaptiveSoftmax,
  adaptiveSoftmaxGrad,
  adaptiveLoss,
  adaptiveLossGrad,
  adaptiveLogProb,
  adaptiveLogProbGrad,
};

/** Operations on independent rows of logits; noise depends on the row by its index. */
const ROWWISE = operationsThat(
  (op) => takes(op, 'x') && OPERATIONS[op].rows === 'apart' && !takes(op, 'seed'),
);

export const CASES: readonly Case[] = [
  ...tensors,
  ...sentinels,
  ...Object.values(BY_OPERATION).flat(),
  ...longRows,
  ...randomGradients,
  ...endless,
  ...faint,
  ...negativeZeros,
  ...subnormalLogarithms,
  ...zeros,
  ...noise,
  ...runs,
  ...sizes,
  ...lives,
  threads,
  ...draws,
  ...trees,
  ...ROWWISE.flatMap(rowwiseLaws),
];
