import type { FloatType } from '@softmax/core';
import type { Labelled } from '../../operations/cross-entropy.ts';
import { isGradient } from '../../operations/described.ts';
import { caseOf } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { BATCHES, batches } from '../cross-entropy/options.ts';
import { random, seedOf } from '../random.ts';
import { DOUBLE, HALF, SINGLE, shortRows } from '../rows-of-logits.ts';
import { each, type Loss } from './alphas.ts';

const SHORT = { float16: HALF, float32: SINGLE, float64: DOUBLE } as const;

/** One row for each length, its target in turn anywhere and at the largest score. */
function* labelled(trial: Trial, name: string, dtype: FloatType): Iterable<Labelled> {
  const next = random(seedOf(trial.seed, `targets of ${name}`));
  const lengths = trial.quick ? [2, 7] : [1, 2, 3, 5, 8, 17, 33];
  for (const { x, where } of shortRows(trial, name, lengths)) {
    const best = x.indexOf(Math.max(...x));
    yield { x, where, target: [Math.floor(next() * x.length)], dtype };
    yield { x: x.map((v) => v / 16), where: `${where}, close`, target: [best], dtype, dy: -2.5 };
  }
}

/** What these losses can be asked for too. */
const REDUCTIONS = ['mean', 'sum', 'none', 'ignored-rows', 'mask', 'denominator'];

export const accuracy = (op: Loss): readonly Case[] => [
  ...each(op, [1.5, 2, 1.25, 3], (operation, named) =>
    (['float32', 'float64', 'float16'] as const).flatMap((dtype) =>
      SHORT[dtype].map((name) =>
        caseOf(operation, {
          category: 'accuracy',
          name: named(name),
          mistake:
            'a loss as a difference, which loses the digits of a small one; a gradient p − 1 of a rounded p',
          dtype,
          *examples(trial) {
            for (const { dy, ...each } of labelled(trial, name, dtype))
              yield dy !== undefined && isGradient(op) ? { ...each, dy } : each;
          },
        }),
      ),
    ),
  ),
  ...each(op, [1.5, 2], (operation, named) =>
    BATCHES.filter(({ name }) => REDUCTIONS.includes(name)).map((batch) =>
      caseOf(operation, {
        category: 'known',
        name: named(batch.name),
        mistake: batch.mistake,
        *examples(trial) {
          for (const example of batches(trial, batch)) {
            const dy = example.reduction === 'none' ? example.target.map((_, row) => 1 - row / 2) : -2.5;
            yield isGradient(op) ? { ...example, dy } : example;
          }
        },
      }),
    ),
  ),
];
