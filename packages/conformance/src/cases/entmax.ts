import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './entmax/accuracy.ts';
import { contract, contractGrad } from './entmax/contract.ts';
import { known } from './entmax/known.ts';
import { special, specialGrad } from './entmax/special.ts';

export const entmax: readonly Case[] = [
  ...contract('entmax'),
  ...special('entmax'),
  ...known('entmax'),
  ...accuracy('entmax'),
];

export const entmaxGrad: readonly Case[] = [
  ...contractGrad('entmaxGrad'),
  ...specialGrad('entmaxGrad'),
  ...known('entmaxGrad'),
  ...accuracyGrad('entmaxGrad'),
];
