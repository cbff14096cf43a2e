import type { CrossEntropyOptions } from '@softmax/core';
import { agrees, dot } from '../../judge/differences.ts';
import type { Case } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';

const X = [0.5, -1, 1.75, 2, 0, -0.25, 1, 0.125, -2];
const T = [0.5, 0.25, 0.25, 0, 1, 0, 0.75, 0.5, 0.125];
const shape = [3, 3];
const mask = { data: [true, false, true, true, true, true, true, true, false], shape };

const VARIANTS: readonly (readonly [string, CrossEntropyOptions, (number | readonly number[])?])[] = [
  ['mean', {}],
  ['none', { reduction: 'none' }, [1, 2, -3]],
  ['axis-0', { axis: 0, reduction: 'sum' }, -2],
  ['weights-and-smoothing', { weight: [1, 0.5, 2], tokenWeight: [0.5, 1, 2], labelSmoothing: 0.25 }],
  ['everything', { mask, labelSmoothing: 0.1, weight: [1, 0.5, 2], zLoss: 0.3, denominator: 7 }, 1.5],
];

export const gradient: readonly Case[] = VARIANTS.map(([name, options, dy = 1]) => ({
  category: 'gradient',
  op: 'crossEntropyGrad',
  name: `differences-probabilities-${name}`,
  mistake: 'a gradient, for the logits or for the target, that is not that of the loss',
  needs: { kernels: ['softCrossEntropy', 'softCrossEntropyGrad'], dtypes: ['float64'] },
  async run({ softmax }) {
    const outer = options.reduction === 'none' ? [3] : [];
    const tensor = (v: readonly number[]) => shaped(v, shape, 'float64');
    const f = async (x: readonly number[], t: readonly number[]) => {
      const y = await softmax.crossEntropy(tensor(x), { probabilities: tensor(t) }, options);
      return dot(await read(y, 'float64', outer), [dy].flat());
    };
    const target = { probabilities: tensor(T) };
    const { loss, dx, dt } = await softmax.crossEntropyGrad(tensor(X), target, { ...options, dy });
    loss.dispose();
    await agrees((x) => f(x, T), X, await read(dx, 'float64', shape), `${name}, logits`);
    await agrees((t) => f(X, t), T, await read(dt, 'float64', shape), `${name}, target`);
    return undefined;
  },
}));
