import { backward, forward } from '../operations/log-add-exp.ts';
import type { Case } from '../plan/case.ts';
import { known } from './known.ts';
import { accuracy } from './log-add-exp/accuracy.ts';
import { contract } from './log-add-exp/contract.ts';
import { gradient } from './log-add-exp/gradient.ts';
import { laws } from './log-add-exp/laws.ts';
import { cotangents, special } from './log-add-exp/special.ts';

export const logAddExp: readonly Case[] = [
  ...contract(forward),
  ...special(forward),
  ...known('logAddExp'),
  ...accuracy(forward),
  ...laws,
];

export const logAddExpGrad: readonly Case[] = [
  ...contract(backward),
  ...special(backward),
  ...cotangents(backward),
  ...known('logAddExpGrad'),
  ...accuracy(backward),
  ...gradient,
];
