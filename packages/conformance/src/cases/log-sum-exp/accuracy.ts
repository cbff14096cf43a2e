import type { FloatType } from '@softmax/core';
import type { Terms } from '../../operations/log-sum-exp.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { shortLengths } from '../../plan/lengths.ts';
import { DOUBLE, HALF, SINGLE, shortRows } from '../rows-of-logits.ts';

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
