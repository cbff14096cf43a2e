import type { Draw } from '../operations/draw.ts';
import type { Case } from '../plan/case.ts';
import { contract } from './draw/contract.ts';
import { laws } from './draw/laws.ts';
import { special } from './draw/special.ts';
import { known } from './gumbel/known.ts';

const all = (op: Draw): readonly Case[] => [...contract(op), ...special(op), ...known(op), ...laws(op)];

export const sample: readonly Case[] = all('sample');
export const sampleWithoutReplacement: readonly Case[] = all('sampleWithoutReplacement');
