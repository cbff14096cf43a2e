import { backward, forward } from '../operations/soft-cross-entropy.ts';
import type { Case } from '../plan/case.ts';
import { softCrossEntropyBlocks } from './blocks.ts';
import { manyProbabilities } from './many-classes.ts';
import { accuracy } from './soft-cross-entropy/accuracy.ts';
import { contract } from './soft-cross-entropy/contract.ts';
import { gradient } from './soft-cross-entropy/gradient.ts';
import { laws, lawsGrad } from './soft-cross-entropy/laws.ts';
import { cotangents, special } from './soft-cross-entropy/special.ts';

/** Of crossEntropy with { probabilities }, which has kernels of its own. */
export const softCrossEntropy: readonly Case[] = [
  ...contract(forward),
  ...special(forward),
  ...accuracy(forward),
  ...laws,
];

export const softCrossEntropyGrad: readonly Case[] = [
  ...contract(backward),
  ...special(backward),
  ...cotangents(backward),
  ...softCrossEntropyBlocks,
  ...manyProbabilities,
  ...accuracy(backward),
  ...lawsGrad,
  ...gradient,
];
