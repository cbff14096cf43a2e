import type { Case } from '../plan/case.ts';
import { distribution, distributionGrad } from './distribution/cases.ts';

export const softmax: readonly Case[] = distribution('softmax');
export const softmaxGrad: readonly Case[] = distributionGrad('softmax');
