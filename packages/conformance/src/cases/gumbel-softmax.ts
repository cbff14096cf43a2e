import { backward, forward } from '../operations/gumbel.ts';
import type { Case } from '../plan/case.ts';
import { gumbelBlocks } from './blocks.ts';
import { accuracy } from './gumbel/accuracy.ts';
import { contract } from './gumbel/contract.ts';
import { known } from './gumbel/known.ts';
import { laws, lawsGrad } from './gumbel/laws.ts';
import { cotangents, special } from './gumbel/special.ts';

export const gumbelSoftmax: readonly Case[] = [
  ...contract(forward),
  ...special(forward),
  ...known('gumbelSoftmax'),
  ...accuracy(forward),
  ...laws,
];

export const gumbelSoftmaxGrad: readonly Case[] = [
  ...contract(backward),
  ...special(backward),
  ...cotangents(backward),
  ...gumbelBlocks,
  ...known('gumbelSoftmaxGrad'),
  ...accuracy(backward),
  ...lawsGrad,
];
