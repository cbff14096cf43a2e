import { backward, forward } from '../operations/signed-log-sum-exp.ts';
import type { Case } from '../plan/case.ts';
import { accuracy } from './signed-log-sum-exp/accuracy.ts';
import { contract } from './signed-log-sum-exp/contract.ts';
import { gradient } from './signed-log-sum-exp/gradient.ts';
import { laws } from './signed-log-sum-exp/laws.ts';
import { cotangents, special } from './signed-log-sum-exp/special.ts';

/** Of logSumExp with b or returnSign, which has kernels of its own. */
export const signedLogSumExp: readonly Case[] = [
  ...contract(forward),
  ...special(forward),
  ...accuracy(forward),
  ...laws,
];

export const signedLogSumExpGrad: readonly Case[] = [
  ...contract(backward),
  ...special(backward),
  ...cotangents(backward),
  ...accuracy(backward),
  ...gradient,
];
