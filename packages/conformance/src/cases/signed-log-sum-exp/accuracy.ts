import type { FloatType } from '@softmax/core';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { SignedTerms } from '../../operations/signed-log-sum-exp.ts';
import type { Case } from '../../plan/case.ts';
import { shortLengths } from '../../plan/lengths.ts';
import { random, seedOf } from '../random.ts';
import { DOUBLE, HALF, SINGLE, shortRows } from '../rows-of-logits.ts';

const ROWS: { readonly [D in FloatType]: readonly string[] } = {
  float16: HALF,
  float32: SINGLE,
  float64: DOUBLE,
};
const FACTORS: readonly (readonly [string, (next: () => number) => number])[] = [
  ['positive', (next) => 0.25 + 3 * next()],
  ['of-both-signs', (next) => (next() < 0.1 ? 0 : 4 * next() - 2)],
];
const DTYPES: readonly FloatType[] = ['float32', 'float64', 'float16'];

export const accuracy = (operation: Operation<SignedTerms>): readonly Case[] =>
  DTYPES.flatMap((dtype) =>
    ROWS[dtype].flatMap((name) =>
      FACTORS.map(([kind, draw]) =>
        caseOf(operation, {
          category: 'accuracy',
          name: `factors-${kind}-${name}`,
          mistake: 'b taken into the exponent and rounded there, or left out of the largest term',
          dtype,
          *examples(trial) {
            const next = random(seedOf(trial.seed, `factors ${kind} ${name}`));
            const lengths = shortLengths(trial).filter((n) => n % 8 < 2);
            for (const row of shortRows(trial, name, lengths))
              yield { ...row, b: row.x.map(() => draw(next)), dtype };
          },
        }),
      ),
    ),
  );
