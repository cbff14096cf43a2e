import type { CrossEntropyOptions } from '@softmax/core';
import { agrees, dot } from '../../judge/differences.ts';
import type { Case } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';

const X = [0.5, -1, 1.75, 2, 0, -0.25, 1, 0.125, -2];
const shape = [3, 3];
const TARGET = [2, -100, 0];
const mask = { data: [true, false, true, true, true, true, true, true, false], shape };

const VARIANTS: readonly (readonly [string, CrossEntropyOptions, (number | readonly number[])?])[] = [
  ['mean', {}],
  ['sum', { reduction: 'sum' }, -2],
  ['none', { reduction: 'none' }, [1, 2, -3]],
  ['axis-0', { axis: 0 }],
  ['smoothing', { labelSmoothing: 0.25 }],
  ['weights', { weight: [1, 0.5, 2], tokenWeight: [0.5, 1, 2] }],
  ['mask', { mask, labelSmoothing: 0.1 }],
  ['z-loss', { zLoss: 0.3 }],
  [
    'everything',
    { mask, labelSmoothing: 0.1, weight: [1, 0.5, 2], zLoss: 0.3, tokenWeight: [2, 1, 0.5] },
    1.5,
  ],
];

export const gradient: readonly Case[] = VARIANTS.map(([name, options, dy = 1]) => ({
  category: 'gradient',
  op: 'crossEntropyGrad',
  name: `differences-${name}`,
  mistake: 'a gradient that is not that of the loss: the denominator, a weight or dy forgotten',
  needs: { kernels: ['crossEntropy', 'crossEntropyGrad'], dtypes: ['float64'] },
  async run({ softmax }) {
    const outer = options.reduction === 'none' ? [3] : [];
    const f = async (x: readonly number[]) =>
      dot(
        await read(
          await softmax.crossEntropy(shaped(x, shape, 'float64'), TARGET, options),
          'float64',
          outer,
        ),
        [dy].flat(),
      );
    const { loss, dx } = await softmax.crossEntropyGrad(shaped(X, shape, 'float64'), TARGET, {
      ...options,
      dy,
    });
    loss.dispose();
    await agrees(f, X, await read(dx, 'float64', shape), name);
    return undefined;
  },
}));
