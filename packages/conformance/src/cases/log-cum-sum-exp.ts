import { backward, forward } from '../operations/log-cum-sum-exp.ts';
import type { Case } from '../plan/case.ts';
import { known } from './known.ts';
import { accuracy, long } from './log-cum-sum-exp/accuracy.ts';
import { contract } from './log-cum-sum-exp/contract.ts';
import { gradient } from './log-cum-sum-exp/gradient.ts';
import { laws, lawsGrad } from './log-cum-sum-exp/laws.ts';
import { cotangents, special } from './log-cum-sum-exp/special.ts';

export const logCumSumExp: readonly Case[] = [
  ...contract(forward),
  ...special(forward),
  ...known('logCumSumExp'),
  ...accuracy(forward),
  long,
  ...laws,
];

export const logCumSumExpGrad: readonly Case[] = [
  ...contract(backward),
  ...special(backward),
  ...cotangents(backward),
  ...known('logCumSumExpGrad'),
  ...accuracy(backward),
  ...lawsGrad,
  ...gradient,
];
