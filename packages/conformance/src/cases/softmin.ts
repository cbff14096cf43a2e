import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './distribution/accuracy.ts';
import { contract, contractGrad } from './distribution/contract.ts';
import { gradient } from './distribution/gradient.ts';
import { laws } from './distribution/laws.ts';
import { lawsGrad } from './distribution/laws-of-gradients.ts';
import { special, specialGrad } from './distribution/special.ts';
import { known } from './known.ts';

export const softmin: readonly Case[] = [
  ...contract('softmin'),
  ...special('softmin'),
  ...known('softmin'),
  ...accuracy('softmin'),
  ...laws('softmin'),
];

export const softminGrad: readonly Case[] = [
  ...contractGrad('softminGrad'),
  ...specialGrad('softminGrad'),
  ...known('softminGrad'),
  ...accuracyGrad('softminGrad'),
  ...lawsGrad('softminGrad'),
  ...gradient('softmin'),
];
