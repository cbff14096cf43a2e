import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './distribution/accuracy.ts';
import { contract, contractGrad } from './distribution/contract.ts';
import { special, specialGrad } from './distribution/special.ts';

export const softmin: readonly Case[] = [...contract('softmin'), ...special('softmin'), ...accuracy('softmin')];
export const softminGrad: readonly Case[] = [
  ...contractGrad('softminGrad'),
  ...specialGrad('softminGrad'),
  ...accuracyGrad('softminGrad'),
];
