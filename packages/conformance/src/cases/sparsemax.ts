import type { Case } from '../plan/case.ts';
import { sparse, sparseGrad } from './entmax/cases.ts';

export const sparsemax: readonly Case[] = sparse('sparsemax');
export const sparsemaxGrad: readonly Case[] = sparseGrad('sparsemax');
