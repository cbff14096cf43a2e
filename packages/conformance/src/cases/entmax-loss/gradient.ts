import { agrees, dot } from '../../judge/differences.ts';
import type { Backward } from '../../operations/entmax-loss.ts';
import type { Case } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';
import { each } from './alphas.ts';

/** No two of a row are as far apart as a threshold of theirs: there is no second derivative. */
const X = [0.5, -1, 0.75, 0.6, 0.07, -0.3, 1, 0.125, -2];
const shape = [3, 3];
const TARGET = [2, -100, 0];
const mask = { data: [true, false, true, true, true, true, true, true, false], shape };
const VARIANTS = [
  ['mean', {}, 1],
  ['sum', { reduction: 'sum' }, -2],
  ['none', { reduction: 'none' }, [1, 2, -3]],
  ['axis-0', { axis: 0 }, 1],
  ['weights', { tokenWeight: [0.5, 1, 2] }, 1],
  ['mask', { mask, denominator: 5 }, 1.5],
] as const;

export const gradient = (op: Backward): readonly Case[] => {
  const base = op === 'sparsemaxLossGrad' ? 'sparsemaxLoss' : 'entmaxLoss';
  return each(op, [1, 1.25, 1.5, 2, 3], ({ kernel = 'entmaxLossGrad' }, named, alpha) =>
    VARIANTS.map(([name, given, dy]) => ({
      category: 'gradient',
      op,
      name: named(`differences-${name}`),
      mistake: 'a gradient that is not that of the loss: the denominator, a weight or dy forgotten',
      needs: { kernels: [kernel, alpha === 1 ? 'crossEntropy' : 'entmaxLoss'], dtypes: ['float64'] },
      async run({ softmax }) {
        const options = op === 'entmaxLossGrad' ? { ...given, alpha } : given;
        const outer = name === 'none' ? [3] : [];
        const f = async (x: readonly number[]) => {
          const y = await softmax[base](shaped(x, shape, 'float64'), TARGET, options);
          return dot(await read(y, 'float64', outer), [dy].flat());
        };
        const got = await softmax[op](shaped(X, shape, 'float64'), TARGET, { ...options, dy });
        got.loss.dispose();
        await agrees(f, X, await read(got.dx, 'float64', shape), name);
        return undefined;
      },
    })),
  );
};
