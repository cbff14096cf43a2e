import type { Case } from '../case.ts';
import { accuracy, accuracyGrad, long } from './entmax/accuracy.ts';
import { contract, contractGrad } from './entmax/contract.ts';
import { gradient, unread } from './entmax/gradient.ts';
import { known } from './entmax/known.ts';
import { laws } from './entmax/laws.ts';
import { special, specialGrad } from './entmax/special.ts';

export const sparsemax: readonly Case[] = [
  ...contract('sparsemax'),
  ...special('sparsemax'),
  ...known('sparsemax'),
  ...laws('sparsemax'),
  ...accuracy('sparsemax'),
  long('sparsemax'),
];

export const sparsemaxGrad: readonly Case[] = [
  ...contractGrad('sparsemaxGrad'),
  ...specialGrad('sparsemaxGrad'),
  ...known('sparsemaxGrad'),
  ...gradient('sparsemaxGrad'),
  unread('sparsemaxGrad'),
  ...accuracyGrad('sparsemaxGrad'),
];
