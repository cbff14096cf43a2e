import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './distribution/accuracy.ts';
import { contract, contractGrad } from './distribution/contract.ts';
import { special, specialGrad } from './distribution/special.ts';

export const logSoftmax: readonly Case[] = [...contract('logSoftmax'), ...special('logSoftmax'), ...accuracy('logSoftmax')];
export const logSoftmaxGrad: readonly Case[] = [
  ...contractGrad('logSoftmaxGrad'),
  ...specialGrad('logSoftmaxGrad'),
  ...accuracyGrad('logSoftmaxGrad'),
];
