import type { Case } from '../case.ts';
import * as operations from '../operations/adaptive.ts';
import { accuracy, batches } from './adaptive/accuracy.ts';
import { special } from './adaptive/special.ts';

const { softmax, softmaxGrad, loss, lossGrad, logProb, logProbGrad } = operations;

export const adaptiveSoftmax: readonly Case[] = [...special(softmax), ...accuracy(softmax)];
export const adaptiveSoftmaxGrad: readonly Case[] = [...special(softmaxGrad), ...accuracy(softmaxGrad)];
export const adaptiveLoss: readonly Case[] = [...special(loss), ...accuracy(loss), ...batches(loss)];
export const adaptiveLossGrad: readonly Case[] = [
  ...special(lossGrad),
  ...accuracy(lossGrad),
  ...batches(lossGrad),
];
export const adaptiveLogProb: readonly Case[] = [...special(logProb), ...accuracy(logProb)];
export const adaptiveLogProbGrad: readonly Case[] = [...special(logProbGrad), ...accuracy(logProbGrad)];
