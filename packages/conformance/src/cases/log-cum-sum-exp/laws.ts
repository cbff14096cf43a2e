import fc from 'fast-check';
import { FORMATS } from '../../judge/float.ts';
import { must } from '../../judge/outputs.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { grid, law, rows } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const of = (v: readonly number[]) => shaped(v, [v.length], 'float32');
const solved = async ({ softmax }: Trial, x: readonly number[]) =>
  read(await softmax.logCumSumExp(of(x)), 'float32', [x.length]);

export const laws: readonly Case[] = [
  law({
    op: 'logCumSumExp',
    name: 'never-falls',
    mistake: 'a running sum that gets smaller, or falls below a term',
    of: rows,
    async holds(trial, x) {
      const y = await solved(trial, x);
      for (const [k, v] of y.entries()) {
        const least = Math.max(x[k] as number, k ? (y[k - 1] as number) : Number.NEGATIVE_INFINITY);
        const slack = 4 * FORMATS.float32.eps * Math.max(1, Math.abs(least));
        must(v >= least || v >= least - slack, `[${k}]: ${v} after ${least}`);
      }
    },
  }),
  law({
    op: 'logCumSumExp',
    name: 'begins-do-not-know-ends',
    mistake: 'a sum that depends on what comes after it',
    of: fc.tuple(rows, rows),
    async holds(trial, [x, more]) {
      const [y, longer] = [await solved(trial, x), await solved(trial, [...x, ...more])];
      const differs = y.findIndex((v, k) => {
        const w = longer[k] as number;
        return v !== w && Math.abs(v - w) > 8 * FORMATS.float32.eps * Math.max(1, Math.abs(v));
      });
      must(differs < 0, `[${differs}]: ${y[differs]} alone, ${longer[differs]} with more after it`);
    },
  }),
  law({
    op: 'logCumSumExp',
    name: 'ends-with-log-sum-exp',
    mistake: 'a last sum that is not the sum of all',
    of: rows,
    needs: { kernels: ['logCumSumExp', 'logSumExp'], dtypes: ['float32'] },
    async holds(trial, x) {
      const last = (await solved(trial, x)).at(-1) as number;
      const [all] = await read(await trial.softmax.logSumExp(of(x)), 'float32', []);
      const wanted = all as number;
      const slack = 8 * FORMATS.float32.eps * Math.max(1, Math.abs(wanted));
      must(last === wanted || Math.abs(last - wanted) <= slack, `${last}, by logSumExp ${wanted}`);
    },
  }),
];

export const lawsGrad: readonly Case[] = [
  law({
    op: 'logCumSumExpGrad',
    name: 'sums-to-that-of-dy',
    mistake: 'a gradient that loses a part of dy: every sum is shifted by what all terms are',
    of: fc.tuple(grid, fc.integer({ min: 1, max: 8 })),
    async holds({ softmax }, [x, step]) {
      const dy = x.map((_, k) => ((k * step) % 7) - 2);
      const dx = await read(await softmax.logCumSumExpGrad(of(x), of(dy)), 'float32', [x.length]);
      const [a, b] = [dx.reduce((u, v) => u + v, 0), dy.reduce((u, v) => u + v, 0)];
      must(Math.abs(a - b) <= 2 ** -15 * x.length, `dx sums to ${a}, dy to ${b}`);
    },
  }),
];
