import { agrees, dot } from '../../judge/differences.ts';
import type { Case } from '../../plan/case.ts';
import { read, shaped } from '../../plan/trial.ts';

const A = [0.5, -1, 1.75, 2, 0];
const B = [0.25, 1, -1.75, 2, -3];
const DY = [1.5, -2, 1, 0.5, -1];
const of = (v: readonly number[]) => shaped(v, [5], 'float64');

export const gradient: readonly Case[] = [
  {
    category: 'gradient',
    op: 'logAddExpGrad',
    name: 'differences',
    mistake: 'a gradient that is not that of the operation, or da and db the wrong way round',
    needs: { kernels: ['logAddExp', 'logAddExpGrad'], dtypes: ['float64'] },
    async run({ softmax }) {
      const f = async (a: readonly number[], b: readonly number[]) =>
        dot(await read(await softmax.logAddExp(of(a), of(b)), 'float64', [5]), DY);
      const { da, db } = await softmax.logAddExpGrad(of(A), of(B), of(DY));
      await agrees((a) => f(a, B), A, await read(da, 'float64', [5]), 'a');
      await agrees((b) => f(A, b), B, await read(db, 'float64', [5]), 'b');
      return undefined;
    },
  },
];
