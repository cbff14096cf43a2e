import { backward, forward } from '../operations/nll-loss.ts';
import type { Case } from '../plan/case.ts';
import { contract } from './cross-entropy/contract.ts';
import { cotangentsOfClasses } from './cross-entropy/special.ts';
import { known } from './known.ts';
import { accuracy } from './nll-loss/accuracy.ts';
import { gradient } from './nll-loss/gradient.ts';
import { laws, lawsGrad } from './nll-loss/laws.ts';
import { special } from './nll-loss/special.ts';

export const nllLoss: readonly Case[] = [
  ...contract(forward),
  ...special(forward),
  ...known('nllLoss'),
  ...accuracy(forward),
  ...laws,
];

export const nllLossGrad: readonly Case[] = [
  ...contract(backward),
  ...special(backward),
  ...cotangentsOfClasses(backward),
  ...known('nllLossGrad'),
  ...accuracy(backward),
  ...lawsGrad,
  ...gradient,
];
