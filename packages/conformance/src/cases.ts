import type { OpName } from '@softmax/core';
import type { Case } from './case.ts';
import { softmax } from './cases/softmax.ts';

/** The compiler asks for cases of every operation. */
const BY_OPERATION: { readonly [K in OpName]: readonly Case[] } = {
  softmax,
  softmaxGrad: [],
  softmin: [],
  softminGrad: [],
  logSoftmax: [],
  logSoftmaxGrad: [],
  logSumExp: [],
  logSumExpGrad: [],
  crossEntropy: [],
  crossEntropyGrad: [],
};

export const CASES: readonly Case[] = Object.values(BY_OPERATION).flat();
