import type { Case } from '../case.ts';
import { backward, forward } from '../operations/cross-entropy.ts';
import { accuracy } from './cross-entropy/accuracy.ts';
import { special } from './cross-entropy/special.ts';

export const crossEntropy: readonly Case[] = [...special(forward), ...accuracy(forward)];
export const crossEntropyGrad: readonly Case[] = [...special(backward), ...accuracy(backward)];
