import type { Case } from '../plan/case.ts';
import { known } from './entmax/known.ts';
import { accuracy } from './entmax-loss/accuracy.ts';
import type { Loss } from './entmax-loss/alphas.ts';
import { contract } from './entmax-loss/contract.ts';
import { gradient } from './entmax-loss/gradient.ts';
import { laws, lawsGrad } from './entmax-loss/laws.ts';
import { cotangents, magnitudes, special, underflows } from './entmax-loss/special.ts';

const all = (op: Loss): readonly Case[] => [
  ...contract(op),
  ...special(op),
  ...underflows(op),
  ...magnitudes(op),
  ...known(op),
  ...accuracy(op),
];

export const sparsemaxLoss: readonly Case[] = [...all('sparsemaxLoss'), ...laws('sparsemaxLoss')];
export const sparsemaxLossGrad: readonly Case[] = [
  ...all('sparsemaxLossGrad'),
  ...cotangents('sparsemaxLossGrad'),
  ...lawsGrad('sparsemaxLossGrad'),
  ...gradient('sparsemaxLossGrad'),
];
export const entmaxLoss: readonly Case[] = [...all('entmaxLoss'), ...laws('entmaxLoss')];
export const entmaxLossGrad: readonly Case[] = [
  ...all('entmaxLossGrad'),
  ...cotangents('entmaxLossGrad'),
  ...lawsGrad('entmaxLossGrad'),
  ...gradient('entmaxLossGrad'),
];
