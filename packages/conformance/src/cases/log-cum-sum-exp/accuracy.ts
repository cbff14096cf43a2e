import type { FloatType } from '@softmax/core';
import { judge, type Measure, worst } from '../../judge/judge.ts';
import type { Run } from '../../operations/log-cum-sum-exp.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import { Expected } from '../../oracle/expected.ts';
import { fastLogSumExp } from '../../oracle/fast.ts';
import { type Case, needs, type Trial } from '../../plan/case.ts';
import { shortLengths } from '../../plan/lengths.ts';
import { read, shaped } from '../../plan/trial.ts';
import { DOUBLE, HALF, SINGLE, shortRows } from '../rows-of-logits.ts';

const SHORT: { readonly [D in FloatType]: readonly string[] } = {
  float16: HALF,
  float32: SINGLE,
  float64: DOUBLE,
};

const RAMPS: readonly { readonly name: string; readonly step: number; readonly mistake: string }[] = [
  { name: 'rising', step: 0.05, mistake: 'a sum rounded anew at every new maximum' },
  {
    name: 'rising-steeply',
    step: 40,
    mistake: 'a base that follows the maximum, and loses what came before',
  },
  { name: 'falling', step: -3, mistake: 'small terms that are lost beside a large sum' },
];

const DTYPES: readonly FloatType[] = ['float32', 'float64', 'float16'];
const lengths = (trial: Trial): readonly number[] => shortLengths(trial).filter((n) => n % 8 < 2);

export const accuracy = (operation: Operation<Run>): readonly Case[] =>
  DTYPES.flatMap((dtype) => [
    ...SHORT[dtype].map((name) =>
      caseOf(operation, {
        category: 'accuracy',
        name,
        mistake: 'log(Σ) where log1p is meant, or a running sum that loses its beginning',
        dtype,
        *examples(trial) {
          for (const row of shortRows(trial, name, lengths(trial))) yield { ...row, dtype };
        },
      }),
    ),
    ...RAMPS.map(({ name, step, mistake }) =>
      caseOf(operation, {
        category: 'accuracy',
        name,
        mistake,
        dtype,
        examples: [1, 100].map((start) => ({
          x: Array.from({ length: 60 }, (_, k) => start + step * k),
          dtype,
          where: `from ${start}`,
        })),
      }),
    ),
  ]);

/** The last of a long row is its log-sum-exp, and so are some on the way. */
export const long: Case = {
  category: 'accuracy',
  op: 'logCumSumExp',
  name: 'rows-of-4096',
  mistake: 'a float32 running sum, whose error grows with the row',
  needs: needs('logCumSumExp'),
  async run(trial) {
    const measures: Measure[] = [];
    const rows = SINGLE.flatMap((name) => [...shortRows(trial, name, [4096])]);
    for (const { x: row, where } of rows) {
      const x = row.map(Math.fround);
      const y = await read(await trial.softmax.logCumSumExp(shaped(x, [x.length], 'float32')), 'float32', [
        x.length,
      ]);
      const ends = [1, 127, 128, 1000, 4096];
      const expected = new Expected('log-sum', 'float32', [ends.length], x.length);
      for (const [k, end] of ends.entries()) fastLogSumExp(x.slice(0, end)).put(0, expected, k);
      measures.push(
        judge(
          Float64Array.from(ends, (end) => y[end - 1] as number),
          expected,
          trial,
          where,
        ),
      );
    }
    return worst(measures);
  },
};
