import type { LikelihoodOptions } from '@softmax/core';
import { agrees, dot } from '../../judge/differences.ts';
import type { Case } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';

const X = [-0.5, -1, -1.75, -2, 0, -0.25, -1, -0.125, -2];
const shape = [3, 3];
const TARGET = [2, -100, 0];
const mask = { data: [true, false, true, true, true, true, true, true, false], shape };

const VARIANTS: readonly (readonly [string, LikelihoodOptions, (number | readonly number[])?])[] = [
  ['mean', {}],
  ['none', { reduction: 'none' }, [1, 2, -3]],
  ['axis-0', { axis: 0, reduction: 'sum' }, -2],
  [
    'everything',
    { mask, labelSmoothing: 0.1, weight: [1, 0.5, 2], tokenWeight: [2, 1, 0.5], denominator: 7 },
    1.5,
  ],
];

export const gradient: readonly Case[] = VARIANTS.map(([name, options, dy = 1]) => ({
  category: 'gradient',
  op: 'nllLossGrad',
  name: `differences-${name}`,
  mistake: 'a gradient that is not that of the loss: the denominator, a weight or dy forgotten',
  needs: { kernels: ['nllLoss', 'nllLossGrad'], dtypes: ['float64'] },
  async run({ softmax }) {
    const outer = options.reduction === 'none' ? [3] : [];
    const f = async (x: readonly number[]) => {
      const y = await softmax.nllLoss(shaped(x, shape, 'float64'), TARGET, options);
      return dot(await read(y, 'float64', outer), [dy].flat());
    };
    const { loss, dx } = await softmax.nllLossGrad(shaped(X, shape, 'float64'), TARGET, { ...options, dy });
    loss.dispose();
    await agrees(f, X, await read(dx, 'float64', shape), name);
    return undefined;
  },
}));
