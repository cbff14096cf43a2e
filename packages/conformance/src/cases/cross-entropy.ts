import { backward, forward } from '../operations/cross-entropy.ts';
import type { Case } from '../plan/case.ts';
import { crossEntropyBlocks } from './blocks.ts';
import { accuracy } from './cross-entropy/accuracy.ts';
import { contract } from './cross-entropy/contract.ts';
import { gradient } from './cross-entropy/gradient.ts';
import { laws, lawsGrad } from './cross-entropy/laws.ts';
import { cotangentsOfClasses, special } from './cross-entropy/special.ts';
import { known } from './known.ts';
import { manySmoothed } from './many-classes.ts';

export const crossEntropy: readonly Case[] = [
  ...contract(forward),
  ...special(forward),
  ...known('crossEntropy'),
  ...accuracy(forward),
  ...laws,
];

export const crossEntropyGrad: readonly Case[] = [
  ...contract(backward),
  ...special(backward),
  ...cotangentsOfClasses(backward),
  ...crossEntropyBlocks,
  ...manySmoothed,
  ...known('crossEntropyGrad'),
  ...accuracy(backward),
  ...lawsGrad,
  ...gradient,
];
