import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './distribution/accuracy.ts';
import { special, specialGrad } from './distribution/special.ts';

export const logSoftmax: readonly Case[] = [...special('logSoftmax'), ...accuracy('logSoftmax')];
export const logSoftmaxGrad: readonly Case[] = [
  ...specialGrad('logSoftmaxGrad'),
  ...accuracyGrad('logSoftmaxGrad'),
];
