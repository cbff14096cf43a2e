import * as draws from '../operations/hierarchical-draws.ts';
import * as losses from '../operations/hierarchical-loss.ts';
import * as leaves from '../operations/hierarchical-softmax.ts';
import type { Case } from '../plan/case.ts';
import { accuracy, batches, drawing } from './hierarchical/accuracy.ts';
import { contract } from './hierarchical/contract.ts';
import { cotangents } from './hierarchical/cotangents.ts';
import { differences } from './hierarchical/gradient.ts';
import { known } from './hierarchical/known.ts';
import { laws } from './hierarchical/laws.ts';
import { special } from './hierarchical/special.ts';

export const hierarchicalSoftmax: readonly Case[] = [
  ...contract('hierarchicalSoftmax'),
  ...known('hierarchicalSoftmax'),
  ...laws('hierarchicalSoftmax'),
  ...differences('hierarchicalSoftmax'),
  ...special(leaves.softmax),
  ...accuracy(leaves.softmax),
];
export const hierarchicalSoftmaxGrad: readonly Case[] = [
  ...contract('hierarchicalSoftmaxGrad'),
  ...known('hierarchicalSoftmaxGrad'),
  ...laws('hierarchicalSoftmaxGrad'),
  ...differences('hierarchicalSoftmaxGrad'),
  ...special(leaves.softmaxGrad),
  ...cotangents(leaves.softmaxGrad),
  ...accuracy(leaves.softmaxGrad),
];
export const hierarchicalLoss: readonly Case[] = [
  ...contract('hierarchicalLoss'),
  ...known('hierarchicalLoss'),
  ...laws('hierarchicalLoss'),
  ...differences('hierarchicalLoss'),
  ...special(losses.loss),
  ...accuracy(losses.loss),
  ...batches(losses.loss),
];
export const hierarchicalLossGrad: readonly Case[] = [
  ...contract('hierarchicalLossGrad'),
  ...known('hierarchicalLossGrad'),
  ...laws('hierarchicalLossGrad'),
  ...differences('hierarchicalLossGrad'),
  ...special(losses.lossGrad),
  ...cotangents(losses.lossGrad),
  ...accuracy(losses.lossGrad),
  ...batches(losses.lossGrad),
];
export const hierarchicalLogProb: readonly Case[] = [
  ...contract('hierarchicalLogProb'),
  ...known('hierarchicalLogProb'),
  ...laws('hierarchicalLogProb'),
  ...differences('hierarchicalLogProb'),
  ...special(losses.logProb),
  ...accuracy(losses.logProb),
];
export const hierarchicalLogProbGrad: readonly Case[] = [
  ...contract('hierarchicalLogProbGrad'),
  ...known('hierarchicalLogProbGrad'),
  ...laws('hierarchicalLogProbGrad'),
  ...differences('hierarchicalLogProbGrad'),
  ...special(losses.logProbGrad),
  ...cotangents(losses.logProbGrad),
  ...accuracy(losses.logProbGrad),
];
export const hierarchicalTopK: readonly Case[] = [
  ...contract('hierarchicalTopK'),
  ...known('hierarchicalTopK'),
  ...laws('hierarchicalTopK'),
  ...special(draws.topK),
  ...accuracy(draws.topK),
];
export const hierarchicalSample: readonly Case[] = [
  ...contract('hierarchicalSample'),
  ...known('hierarchicalSample'),
  ...laws('hierarchicalSample'),
  ...special(draws.sample),
  ...drawing(draws.sample),
];
