import type { FloatType } from '@softmax/core';
import { type Backward, backward, type Forward, forward } from '../../operations/distribution.ts';
import { caseOf } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { shortLengths } from '../../plan/lengths.ts';
import { DOUBLE, HALF, SINGLE, shortRows } from '../rows-of-logits.ts';
import { withCotangent } from './places.ts';

const MISTAKE: { readonly [D in FloatType]: string } = {
  float16: 'sums, or the division, in float16 (onnxruntime #24577)',
  float32: 'the rounding error of x − max, or of a float32 exponential',
  float64: 'the rounding error of x − max: 126 ulp on wide logits',
};
const SHORT: { readonly [D in FloatType]: readonly string[] } = {
  float16: HALF,
  float32: SINGLE,
  float64: DOUBLE,
};

const short = (make: (name: string, dtype: FloatType) => Case): readonly Case[] =>
  (['float32', 'float64', 'float16'] as const).flatMap((dtype) =>
    SHORT[dtype].map((name) => make(name, dtype)),
  );

export const accuracy = (op: Forward): readonly Case[] =>
  short((name, dtype) =>
    caseOf(forward(op), {
      category: 'accuracy',
      name,
      mistake: MISTAKE[dtype],
      dtype,
      *examples(trial) {
        const lengths = shortLengths(trial).filter((n) => dtype === 'float32' || n % 4 < 2);
        for (const row of shortRows(trial, name, lengths)) yield { ...row, dtype };
      },
    }),
  );

/** Cotangents are of the size of 1, so that the condition is that of the formula. */
export const accuracyGrad = (op: Backward): readonly Case[] =>
  short((name, dtype) =>
    caseOf(backward(op), {
      category: 'accuracy',
      name,
      mistake: 'a gradient from probabilities that were rounded, or a mean summed in float32',
      dtype,
      *examples(trial) {
        const lengths = shortLengths(trial).filter((n) => n % (dtype === 'float32' ? 2 : 4) === 1);
        for (const row of withCotangent(trial, shortRows(trial, name, lengths))) yield { ...row, dtype };
      },
    }),
  );
