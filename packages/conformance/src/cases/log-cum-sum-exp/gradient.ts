import type { LogCumSumExpOptions } from '@softmax/core';
import { agrees, dot } from '../../judge/differences.ts';
import type { Case } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';

const X = [0.5, -1, 1.75, 2, 0, -0.25, 1, 0.125];
const DY = [1.5, -2, 1, 0.5, -1, 3, 0.25, -0.5];
const shape = [2, 4];
const of = (v: readonly number[]) => shaped(v, shape, 'float64');

const VARIANTS: readonly (readonly [string, LogCumSumExpOptions])[] = [
  ['plain', {}],
  ['axis-0', { axis: 0 }],
  ['all-axes', { axis: null }],
];

export const gradient: readonly Case[] = VARIANTS.map(([name, options]) => ({
  category: 'gradient',
  op: 'logCumSumExpGrad',
  name: `differences-${name}`,
  mistake: 'a gradient that is not that of the operation: the sums after its place are missing',
  needs: { kernels: ['logCumSumExp', 'logCumSumExpGrad'], dtypes: ['float64'] },
  async run({ softmax }) {
    const f = async (x: readonly number[]) =>
      dot(await read(await softmax.logCumSumExp(of(x), options), 'float64', shape), DY);
    const dx = await read(await softmax.logCumSumExpGrad(of(X), of(DY), options), 'float64', shape);
    await agrees(f, X, dx, name);
    return undefined;
  },
}));
