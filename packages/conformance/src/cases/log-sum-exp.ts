import { backward, forward } from '../operations/log-sum-exp.ts';
import type { Case } from '../plan/case.ts';
import { logSumExpBlocks } from './blocks.ts';
import { known } from './known.ts';
import { accuracy } from './log-sum-exp/accuracy.ts';
import { contract } from './log-sum-exp/contract.ts';
import { gradient } from './log-sum-exp/gradient.ts';
import { laws, lawsGrad } from './log-sum-exp/laws.ts';
import { cotangents, special } from './log-sum-exp/special.ts';

export const logSumExp: readonly Case[] = [
  ...contract(forward),
  ...special(forward),
  ...known('logSumExp'),
  ...accuracy(forward),
  ...laws,
];

export const logSumExpGrad: readonly Case[] = [
  ...contract(backward),
  ...special(backward),
  ...cotangents(backward),
  ...logSumExpBlocks,
  ...known('logSumExpGrad'),
  ...accuracy(backward),
  ...lawsGrad,
  ...gradient('logSumExp'),
];
