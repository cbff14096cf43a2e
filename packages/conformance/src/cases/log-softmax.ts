import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './distribution/accuracy.ts';
import { contract, contractGrad } from './distribution/contract.ts';
import { gradient } from './distribution/gradient.ts';
import { laws } from './distribution/laws.ts';
import { lawsGrad } from './distribution/laws-of-gradients.ts';
import { special, specialGrad } from './distribution/special.ts';
import { known } from './known.ts';

export const logSoftmax: readonly Case[] = [
  ...contract('logSoftmax'),
  ...special('logSoftmax'),
  ...known('logSoftmax'),
  ...accuracy('logSoftmax'),
  ...laws('logSoftmax'),
];

export const logSoftmaxGrad: readonly Case[] = [
  ...contractGrad('logSoftmaxGrad'),
  ...specialGrad('logSoftmaxGrad'),
  ...known('logSoftmaxGrad'),
  ...accuracyGrad('logSoftmaxGrad'),
  ...lawsGrad('logSoftmaxGrad'),
  ...gradient('logSoftmax'),
];
