import type { Case } from '../plan/case.ts';
import { sparse, sparseGrad } from './entmax/cases.ts';

export const entmax: readonly Case[] = sparse('entmax');
export const entmaxGrad: readonly Case[] = sparseGrad('entmax');
