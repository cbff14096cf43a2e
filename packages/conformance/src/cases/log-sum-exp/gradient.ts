import type { LogMeanExpOptions } from '@softmax/core';
import { agrees, dot } from '../../judge/differences.ts';
import { type Case, unmeasured } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';

const X = [0.5, -1, 1.75, 2, 0, -0.25, 1, 0.125];
const shape = [2, 4];
const mask = { data: [true, false, true, true, true, true, false, true], shape };

const VARIANTS: readonly (readonly [string, LogMeanExpOptions, readonly number[], readonly number[]])[] = [
  ['plain', {}, [1.5, -2], [2]],
  ['axis-0', { axis: 0 }, [1.5, -2, 1, 0.5], [4]],
  ['all-axes', { axis: null }, [-3], []],
  ['kept', { keepDims: true }, [1.5, -2], [2, 1]],
  ['mask', { mask }, [1.5, -2], [2]],
];

export const gradient = (of: 'logSumExp' | 'logMeanExp'): readonly Case[] =>
  VARIANTS.map(([name, options, dy, outer]) =>
    unmeasured(
      {
        category: 'gradient',
        op: `${of}Grad`,
        name: `differences-${name}`,
        mistake: 'a gradient that is not that of the operation',
        needs: { kernels: ['logSumExp', 'logSumExpGrad'], dtypes: ['float64'] },
      },
      async ({ softmax }) => {
        const f = async (x: readonly number[]) =>
          dot(await read(await softmax[of](shaped(x, shape, 'float64'), options), 'float64', outer), dy);
        const [x, g] = [shaped(X, shape, 'float64'), shaped(dy, outer, 'float64')];
        await agrees(f, X, await read(await softmax[`${of}Grad`](x, g, options), 'float64', shape), name);
      },
    ),
  );
