import fc from 'fast-check';
import { FORMATS } from '../../judge/float.ts';
import { must } from '../../judge/outputs.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { law, rows } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const of = (v: readonly number[]) => shaped(v, [v.length], 'float32');
const needs = { kernels: ['signedLogSumExp', 'logSumExp'], dtypes: ['float32'] } as const;

async function signed({ softmax }: Trial, x: readonly number[], b: readonly number[]) {
  const { y, sign } = await softmax.logSumExp(of(x), { b: of(b), returnSign: true });
  const [value] = await read(y, 'float32', []);
  const [s] = await read(sign, 'float32', []);
  return { value: value as number, sign: s as number };
}
const near = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= 8 * FORMATS.float32.eps * Math.max(1, Math.abs(b));

export const laws: readonly Case[] = [
  law({
    op: 'logSumExp',
    name: 'factors-of-1-change-nothing',
    mistake: 'a sum with factors that is another one without',
    of: rows,
    needs,
    async holds(trial, x) {
      const ones = x.map(() => 1);
      const [plain] = await read(await trial.softmax.logSumExp(of(x)), 'float32', []);
      const { value, sign } = await signed(trial, x, ones);
      must(near(value, plain as number), `${value} with factors of 1, ${plain} without`);
      must(sign === (plain === Number.NEGATIVE_INFINITY ? 0 : 1), `its sign is ${sign}`);
    },
  }),
  law({
    op: 'logSumExp',
    name: 'factors-of-0-remove',
    mistake: 'a factor of 0 that is anything else than the term taken away',
    of: fc.tuple(rows, rows),
    needs,
    async holds(trial, [x, more]) {
      const both = await signed(trial, [...more, ...x], [...more.map(() => 0), ...x.map(() => 1)]);
      const alone = await signed(
        trial,
        x,
        x.map(() => 1),
      );
      must(near(both.value, alone.value) && both.sign === alone.sign, `${both.value} and ${alone.value}`);
    },
  }),
  law({
    op: 'logSumExp',
    name: 'turning-all-factors-turns-the-sign',
    mistake: 'a sign that is not that of the sum',
    of: fc.tuple(rows, fc.integer({ min: 1, max: 6 })),
    needs,
    async holds(trial, [x, step]) {
      const b = x.map((_, k) => ((k * step) % 7) - 3);
      const one = await signed(trial, x, b);
      const other = await signed(
        trial,
        x,
        b.map((v) => -v),
      );
      must(Object.is(one.value, other.value), `${one.value} and ${other.value}`);
      must(one.sign === 0 - other.sign, `the signs are ${one.sign} and ${other.sign}`);
    },
  }),
];
