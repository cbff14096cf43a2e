import * as operations from '../operations/adaptive.ts';
import type { Case } from '../plan/case.ts';
import { accuracy, batches } from './adaptive/accuracy.ts';
import { cotangents, special } from './adaptive/special.ts';
import { contract } from './hierarchical/contract.ts';
import { differences } from './hierarchical/gradient.ts';
import { known } from './hierarchical/known.ts';
import { laws } from './hierarchical/laws.ts';

const { softmax, softmaxGrad, loss, lossGrad, logProb, logProbGrad } = operations;

export const adaptiveSoftmax: readonly Case[] = [
  ...contract('adaptiveSoftmax'),
  ...known('adaptiveSoftmax'),
  ...laws('adaptiveSoftmax'),
  ...differences('adaptiveSoftmax'),
  ...special(softmax),
  ...accuracy(softmax),
];
export const adaptiveSoftmaxGrad: readonly Case[] = [
  ...contract('adaptiveSoftmaxGrad'),
  ...known('adaptiveSoftmaxGrad'),
  ...laws('adaptiveSoftmaxGrad'),
  ...differences('adaptiveSoftmaxGrad'),
  ...special(softmaxGrad),
  ...cotangents(softmaxGrad),
  ...accuracy(softmaxGrad),
];
export const adaptiveLoss: readonly Case[] = [
  ...contract('adaptiveLoss'),
  ...known('adaptiveLoss'),
  ...laws('adaptiveLoss'),
  ...differences('adaptiveLoss'),
  ...special(loss),
  ...accuracy(loss),
  ...batches(loss),
];
export const adaptiveLossGrad: readonly Case[] = [
  ...contract('adaptiveLossGrad'),
  ...known('adaptiveLossGrad'),
  ...laws('adaptiveLossGrad'),
  ...differences('adaptiveLossGrad'),
  ...special(lossGrad),
  ...cotangents(lossGrad),
  ...accuracy(lossGrad),
  ...batches(lossGrad),
];
export const adaptiveLogProb: readonly Case[] = [
  ...contract('adaptiveLogProb'),
  ...known('adaptiveLogProb'),
  ...laws('adaptiveLogProb'),
  ...differences('adaptiveLogProb'),
  ...special(logProb),
  ...accuracy(logProb),
];
export const adaptiveLogProbGrad: readonly Case[] = [
  ...contract('adaptiveLogProbGrad'),
  ...known('adaptiveLogProbGrad'),
  ...laws('adaptiveLogProbGrad'),
  ...differences('adaptiveLogProbGrad'),
  ...special(logProbGrad),
  ...cotangents(logProbGrad),
  ...accuracy(logProbGrad),
];
