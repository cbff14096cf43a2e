import type { Case } from '../plan/case.ts';
import { contract } from './entmax/contract.ts';
import { known } from './entmax/known.ts';
import { laws } from './entmax/laws.ts';
import { special } from './entmax/special.ts';

export const hardmax: readonly Case[] = [
  ...contract('hardmax'),
  ...special('hardmax'),
  ...known('hardmax'),
  ...laws('hardmax'),
];
