import type { Forward } from '../../operations/distribution.ts';
import type { Case } from '../../plan/case.ts';
import { distributionBlocks } from '../blocks.ts';
import { known } from '../known.ts';
import { accuracy, accuracyGrad } from './accuracy.ts';
import { caps, capsGrad } from './caps.ts';
import { contract, contractGrad } from './contract.ts';
import { gradient } from './gradient.ts';
import { laws } from './laws.ts';
import { lawsGrad } from './laws-of-gradients.ts';
import { lawsOfTemperature } from './laws-of-temperature.ts';
import { special, specialGrad } from './special.ts';

/** What softmax, softmin and log-softmax must get right alike. */
export const distribution = (op: Forward): readonly Case[] => [
  ...contract(op),
  ...special(op),
  ...caps(op),
  ...known(op),
  ...accuracy(op),
  ...laws(op),
  ...lawsOfTemperature(op),
];

export const distributionGrad = (op: Forward): readonly Case[] => [
  ...contractGrad(`${op}Grad`),
  ...specialGrad(`${op}Grad`),
  ...distributionBlocks(`${op}Grad`),
  ...capsGrad(`${op}Grad`),
  ...known(`${op}Grad`),
  ...accuracyGrad(`${op}Grad`),
  ...lawsGrad(`${op}Grad`),
  ...gradient(op),
];
