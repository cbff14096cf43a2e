import type { Case } from '../case.ts';
import { accuracy, accuracyGrad, long } from './entmax/accuracy.ts';
import { contract, contractGrad } from './entmax/contract.ts';
import { gradient, unread } from './entmax/gradient.ts';
import { known } from './entmax/known.ts';
import { laws } from './entmax/laws.ts';
import { special, specialGrad } from './entmax/special.ts';

export const entmax: readonly Case[] = [
  ...contract('entmax'),
  ...special('entmax'),
  ...known('entmax'),
  ...laws('entmax'),
  ...accuracy('entmax'),
  long('entmax'),
];

export const entmaxGrad: readonly Case[] = [
  ...contractGrad('entmaxGrad'),
  ...specialGrad('entmaxGrad'),
  ...known('entmaxGrad'),
  ...gradient('entmaxGrad'),
  unread('entmaxGrad'),
  ...accuracyGrad('entmaxGrad'),
];
