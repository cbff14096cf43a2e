import type { FloatType } from '@softmax/core';
import { type Case, needs } from '../../case.ts';
import { judge, type Measure, worst } from '../../judge.ts';
import { shortLengths } from '../../lengths.ts';
import { caseOf, type Operation } from '../../operation.ts';
import type { Terms } from '../../operations/log-sum-exp.ts';
import { Expected } from '../../oracle/expected.ts';
import { fastLogSumExp } from '../../oracle/fast.ts';
import { DOUBLE, HALF, LONG, longRows, SINGLE, shortRows } from '../../rows-of-logits.ts';
import { read, shaped } from '../../trial.ts';

const SHORT: { readonly [D in FloatType]: readonly string[] } = {
  float16: HALF,
  float32: SINGLE,
  float64: DOUBLE,
};

export const accuracy = (operation: Operation<Terms>): readonly Case[] =>
  (['float32', 'float64', 'float16'] as const).flatMap((dtype) =>
    SHORT[dtype].map((name) =>
      caseOf(operation, {
        category: 'accuracy',
        name,
        mistake: 'the rounding error of x − max, or log(Σ) where log1p is meant',
        dtype,
        *examples(trial) {
          const lengths = shortLengths(trial).filter((n) => dtype === 'float32' || n % 4 < 2);
          for (const row of shortRows(trial, name, lengths)) yield { ...row, dtype };
        },
      }),
    ),
  );

export const long: readonly Case[] = LONG.map((n) => ({
  category: 'accuracy',
  op: 'logSumExp',
  name: `rows-of-${n}`,
  mistake: 'a float32 running sum, whose error grows with the row',
  needs: needs('logSumExp'),
  async run(trial) {
    const measures: Measure[] = [];
    for (const { x, where } of longRows(trial, n, 'float32')) {
      const expected = new Expected('log-sum', 'float32', [], n);
      fastLogSumExp(x, expected);
      const y = await trial.softmax.logSumExp(shaped(x, [n], 'float32'));
      measures.push(judge(await read(y, 'float32', []), expected, trial, where));
    }
    return worst(measures);
  },
}));
