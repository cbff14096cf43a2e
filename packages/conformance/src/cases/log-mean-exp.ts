import { meanBackward, meanForward } from '../operations/log-sum-exp.ts';
import type { Case } from '../plan/case.ts';
import { known } from './known.ts';
import { laws, lawsGrad } from './log-mean-exp/laws.ts';
import { special } from './log-mean-exp/special.ts';
import { accuracy } from './log-sum-exp/accuracy.ts';
import { contract } from './log-sum-exp/contract.ts';
import { gradient } from './log-sum-exp/gradient.ts';
import { cotangents, special as specialOfSum } from './log-sum-exp/special.ts';

export const logMeanExp: readonly Case[] = [
  ...contract(meanForward),
  ...specialOfSum(meanForward),
  ...special(meanForward),
  ...known('logMeanExp'),
  ...accuracy(meanForward),
  ...laws,
];

export const logMeanExpGrad: readonly Case[] = [
  ...contract(meanBackward),
  ...specialOfSum(meanBackward),
  ...cotangents(meanBackward),
  ...special(meanBackward),
  ...known('logMeanExpGrad'),
  ...accuracy(meanBackward),
  ...lawsGrad,
  ...gradient('logMeanExp'),
];
