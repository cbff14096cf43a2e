import type { Case } from '../plan/case.ts';
import { distribution, distributionGrad } from './distribution/cases.ts';

export const logSoftmax: readonly Case[] = distribution('logSoftmax');
export const logSoftmaxGrad: readonly Case[] = distributionGrad('logSoftmax');
