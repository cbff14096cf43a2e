import type { Case } from '../plan/case.ts';
import { distribution, distributionGrad } from './distribution/cases.ts';

export const softmin: readonly Case[] = distribution('softmin');
export const softminGrad: readonly Case[] = distributionGrad('softmin');
