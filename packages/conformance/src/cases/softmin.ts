import type { Case } from '../case.ts';
import { distribution, distributionGrad } from './distribution/cases.ts';

export const softmin: readonly Case[] = distribution('softmin');
export const softminGrad: readonly Case[] = distributionGrad('softmin');
