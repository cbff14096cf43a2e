import type { Case } from '../case.ts';
import { backward, forward } from '../operations/log-sum-exp.ts';
import { accuracy, long } from './log-sum-exp/accuracy.ts';
import { special } from './log-sum-exp/special.ts';

export const logSumExp: readonly Case[] = [...special(forward), ...accuracy(forward), ...long];
export const logSumExpGrad: readonly Case[] = [...special(backward), ...accuracy(backward)];
