import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './distribution/accuracy.ts';
import { special, specialGrad } from './distribution/special.ts';

export const softmin: readonly Case[] = [...special('softmin'), ...accuracy('softmin')];
export const softminGrad: readonly Case[] = [...specialGrad('softminGrad'), ...accuracyGrad('softminGrad')];
