import type { Case } from '../case.ts';
import * as losses from '../operations/hierarchical-loss.ts';
import * as leaves from '../operations/hierarchical-softmax.ts';
import { accuracy, batches } from './hierarchical/accuracy.ts';
import { special } from './hierarchical/special.ts';

export const hierarchicalSoftmax: readonly Case[] = [...special(leaves.softmax), ...accuracy(leaves.softmax)];
export const hierarchicalSoftmaxGrad: readonly Case[] = [
  ...special(leaves.softmaxGrad),
  ...accuracy(leaves.softmaxGrad),
];
export const hierarchicalLoss: readonly Case[] = [
  ...special(losses.loss),
  ...accuracy(losses.loss),
  ...batches(losses.loss),
];
export const hierarchicalLossGrad: readonly Case[] = [
  ...special(losses.lossGrad),
  ...accuracy(losses.lossGrad),
  ...batches(losses.lossGrad),
];
export const hierarchicalLogProb: readonly Case[] = [...special(losses.logProb), ...accuracy(losses.logProb)];
export const hierarchicalLogProbGrad: readonly Case[] = [
  ...special(losses.logProbGrad),
  ...accuracy(losses.logProbGrad),
];
