import type { Forward } from '../../operations/entmax.ts';
import type { Case } from '../../plan/case.ts';
import { accuracy, accuracyGrad, long } from './accuracy.ts';
import { contract, contractGrad } from './contract.ts';
import { gradient, unread } from './gradient.ts';
import { known } from './known.ts';
import { laws } from './laws.ts';
import { edges, special, specialGrad } from './special.ts';

type Sparse = Exclude<Forward, 'hardmax'>;

/** What sparsemax and entmax must get right alike. */
export const sparse = (op: Sparse): readonly Case[] => [
  ...contract(op),
  ...special(op),
  ...edges(op),
  ...known(op),
  ...laws(op),
  ...accuracy(op),
  long(op),
];

export const sparseGrad = (op: Sparse): readonly Case[] => [
  ...contractGrad(`${op}Grad`),
  ...specialGrad(`${op}Grad`),
  ...edges(`${op}Grad`),
  ...known(`${op}Grad`),
  ...gradient(`${op}Grad`),
  unread(`${op}Grad`),
  ...accuracyGrad(`${op}Grad`),
];
