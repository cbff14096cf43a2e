import type { Case } from '../case.ts';
import { backward, forward } from '../operations/log-sum-exp.ts';
import { accuracy, long } from './log-sum-exp/accuracy.ts';
import { contract } from './log-sum-exp/contract.ts';
import { special } from './log-sum-exp/special.ts';

export const logSumExp: readonly Case[] = [...contract(forward), ...special(forward), ...accuracy(forward), ...long];
export const logSumExpGrad: readonly Case[] = [...contract(backward), ...special(backward), ...accuracy(backward)];
