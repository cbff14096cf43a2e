import { entropyBackward, entropyForward, klBackward, klForward } from '../operations/divergence.ts';
import type { Case } from '../plan/case.ts';
import { accuracy } from './divergence/accuracy.ts';
import { contract } from './divergence/contract.ts';
import { gradient } from './divergence/gradient.ts';
import { entropyLaws, klLaws } from './divergence/laws.ts';
import { cotangents, special } from './divergence/special.ts';
import { known } from './known.ts';

export const klDivergence: readonly Case[] = [
  ...contract(klForward),
  ...special(klForward),
  ...known('klDivergence'),
  ...accuracy(klForward),
  ...klLaws,
];

export const klDivergenceGrad: readonly Case[] = [
  ...contract(klBackward),
  ...special(klBackward),
  ...cotangents(klBackward),
  ...known('klDivergenceGrad'),
  ...accuracy(klBackward),
  ...gradient('klDivergenceGrad'),
];

export const entropy: readonly Case[] = [
  ...contract(entropyForward),
  ...special(entropyForward),
  ...known('entropy'),
  ...accuracy(entropyForward),
  ...entropyLaws,
];

export const entropyGrad: readonly Case[] = [
  ...contract(entropyBackward),
  ...special(entropyBackward),
  ...cotangents(entropyBackward),
  ...known('entropyGrad'),
  ...accuracy(entropyBackward),
  ...gradient('entropyGrad'),
];
