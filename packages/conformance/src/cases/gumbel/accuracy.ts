import type { Perturbed } from '../../operations/gumbel.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { shortLengths } from '../../plan/lengths.ts';
import { DOUBLE, HALF, SINGLE, shortRows } from '../rows-of-logits.ts';
import { noisy } from './noisy.ts';

const SHORT = { float16: HALF, float32: SINGLE, float64: DOUBLE } as const;

export const accuracy = (operation: Operation<Perturbed>): readonly Case[] =>
  (['float32', 'float64', 'float16'] as const).flatMap((dtype) =>
    SHORT[dtype].map((name) =>
      caseOf(operation, {
        category: 'accuracy',
        name,
        mistake: 'the rounding error of x + g − max',
        dtype,
        *examples(trial) {
          const lengths = shortLengths(trial).filter((n) => n % 4 === 1 || trial.quick);
          for (const row of noisy(trial, shortRows(trial, name, lengths)))
            yield { ...row, dtype, temperature: row.x.length % 3 === 0 ? 0.75 : 1 };
        },
      }),
    ),
  );
