import type { DivergenceOptions } from '@softmax/core';
import { agrees, dot } from '../../judge/differences.ts';
import type { Case } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';

const P = [0.5, 0.25, 0.25, 0.5, 0.75, 0.375];
const Q = [0.25, 0.5, 0.25, 0.5, 0.25, 0.75];
const shape = [2, 3];

const VARIANTS: readonly (readonly [string, DivergenceOptions, readonly number[], readonly number[]])[] = [
  ['plain', {}, [1.5, -2], [2]],
  ['axis-0', { axis: 0 }, [1.5, -2, 1], [3]],
  ['all-axes', { axis: null, keepDims: true }, [-3], [1, 1]],
];

const of = (v: readonly number[]) => shaped(v, shape, 'float64');

export const gradient = (op: 'klDivergenceGrad' | 'entropyGrad'): readonly Case[] =>
  VARIANTS.map(([name, options, dy, outer]) => ({
    category: 'gradient',
    op,
    name: `differences-${name}`,
    mistake: 'a gradient that is not that of the operation',
    needs: {
      kernels: op === 'entropyGrad' ? ['entropy', 'entropyGrad'] : ['klDivergence', 'klDivergenceGrad'],
      dtypes: ['float64'],
    },
    async run({ softmax }) {
      const g = shaped(dy, outer, 'float64');
      if (op === 'entropyGrad') {
        const f = async (p: readonly number[]) =>
          dot(await read(await softmax.entropy(of(p), options), 'float64', outer), dy);
        await agrees(f, P, await read(await softmax.entropyGrad(of(P), g, options), 'float64', shape), name);
        return undefined;
      }
      const f = async (p: readonly number[], q: readonly number[]) =>
        dot(await read(await softmax.klDivergence(of(p), of(q), options), 'float64', outer), dy);
      const { dp, dq } = await softmax.klDivergenceGrad(of(P), of(Q), g, options);
      await agrees((p) => f(p, Q), P, await read(dp, 'float64', shape), `${name}, p`);
      await agrees((q) => f(P, q), Q, await read(dq, 'float64', shape), `${name}, q`);
      return undefined;
    },
  }));
