import type { Case } from '../case.ts';
import { backward, forward } from '../operations/cross-entropy.ts';
import { accuracy } from './cross-entropy/accuracy.ts';
import { contract } from './cross-entropy/contract.ts';
import { special } from './cross-entropy/special.ts';

export const crossEntropy: readonly Case[] = [...contract(forward), ...special(forward), ...accuracy(forward)];
export const crossEntropyGrad: readonly Case[] = [...contract(backward), ...special(backward), ...accuracy(backward)];
