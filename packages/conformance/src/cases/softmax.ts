import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './distribution/accuracy.ts';
import { contract, contractGrad } from './distribution/contract.ts';
import { gradient } from './distribution/gradient.ts';
import { laws } from './distribution/laws.ts';
import { lawsGrad } from './distribution/laws-of-gradients.ts';
import { special, specialGrad } from './distribution/special.ts';
import { known } from './known.ts';

export const softmax: readonly Case[] = [
  ...contract('softmax'),
  ...special('softmax'),
  ...known('softmax'),
  ...accuracy('softmax'),
  ...laws('softmax'),
];

export const softmaxGrad: readonly Case[] = [
  ...contractGrad('softmaxGrad'),
  ...specialGrad('softmaxGrad'),
  ...known('softmaxGrad'),
  ...accuracyGrad('softmaxGrad'),
  ...lawsGrad('softmaxGrad'),
  ...gradient('softmax'),
];
