import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './distribution/accuracy.ts';
import { contract, contractGrad } from './distribution/contract.ts';
import { special, specialGrad } from './distribution/special.ts';

export const softmax: readonly Case[] = [...contract('softmax'), ...special('softmax'), ...accuracy('softmax')];
export const softmaxGrad: readonly Case[] = [
  ...contractGrad('softmaxGrad'),
  ...specialGrad('softmaxGrad'),
  ...accuracyGrad('softmaxGrad'),
];
