import type { Case } from '../case.ts';
import { accuracy, accuracyGrad } from './distribution/accuracy.ts';
import { special, specialGrad } from './distribution/special.ts';

export const softmax: readonly Case[] = [...special('softmax'), ...accuracy('softmax')];
export const softmaxGrad: readonly Case[] = [...specialGrad('softmaxGrad'), ...accuracyGrad('softmaxGrad')];
