import fc from 'fast-check';
import { FORMATS } from '../../judge/float.ts';
import { must, outputs, same } from '../../judge/outputs.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { grid, law, rows } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const one = async (
  { softmax }: Trial,
  op: 'logMeanExp' | 'logSumExp',
  x: readonly number[],
): Promise<number> =>
  (await read(await softmax[op](shaped(x, [x.length], 'float32')), 'float32', []))[0] ?? 0;
const slack = (size: number): number => 8 * FORMATS.float32.eps * Math.max(1, size);

export const laws: readonly Case[] = [
  law({
    op: 'logMeanExp',
    name: 'between-mean-and-maximum',
    mistake: 'a mean of exponentials above the largest, or below that of the mean (Jensen)',
    of: rows,
    async holds(trial, x) {
      const [y, max] = [await one(trial, 'logMeanExp', x), Math.max(...x)];
      const mean = x.reduce((a, b) => a + b, 0) / x.length;
      const inside = y <= max && y >= mean - slack(Math.abs(mean) + Math.abs(max));
      must(inside, `${y} for a maximum of ${max} and a mean of ${mean}`);
    },
  }),
  law({
    op: 'logMeanExp',
    name: 'is-log-sum-exp-less-log-n',
    mistake: 'n, or its logarithm, that is another one',
    of: grid,
    needs: { kernels: ['logSumExp'], dtypes: ['float32'] },
    async holds(trial, x) {
      const [mean, sum] = [await one(trial, 'logMeanExp', x), await one(trial, 'logSumExp', x)];
      must(Math.abs(mean - (sum - Math.log(x.length))) <= slack(20), `${mean} and ${sum} of ${x.length}`);
    },
  }),
  law({
    op: 'logMeanExp',
    name: 'repeating-changes-nothing',
    mistake: 'a mean that depends on how often everything is there',
    of: fc.tuple(rows, fc.integer({ min: 2, max: 3 })),
    async holds(trial, [x, times]) {
      const again = Array.from({ length: times }, () => x).flat();
      const [a, b] = [await one(trial, 'logMeanExp', x), await one(trial, 'logMeanExp', again)];
      must(a === b || Math.abs(a - b) <= slack(Math.abs(a)), `${a} once, ${b} ${times} times`);
    },
  }),
];

export const lawsGrad: readonly Case[] = [
  law({
    op: 'logMeanExpGrad',
    name: 'is-that-of-log-sum-exp',
    mistake: '1/n in the gradient: the number of terms is a constant that falls away',
    of: fc.tuple(rows, fc.integer({ min: -8, max: 8 })),
    async holds({ softmax }, [x, dy]) {
      const [input, g] = [shaped(x, [x.length], 'float32'), shaped([dy], [], 'float32')];
      const mean = await outputs(softmax.logMeanExpGrad(input, g));
      same(mean, await outputs(softmax.logSumExpGrad(input, g)), 'of the mean, of the sum');
    },
  }),
];
