import type { FloatType } from '@softmax/core';
import type { Labelled } from '../../operations/cross-entropy.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { shortLengths } from '../../plan/lengths.ts';
import { random, seedOf } from '../random.ts';
import { DOUBLE, HALF, SINGLE, shortRows } from '../rows-of-logits.ts';
import { BATCHES, batches } from './options.ts';

const SHORT: { readonly [D in FloatType]: readonly string[] } = {
  float16: HALF,
  float32: SINGLE,
  float64: DOUBLE,
};

function* inType(examples: Iterable<Labelled>, dtype: FloatType, dy: boolean): Iterable<Labelled> {
  for (const example of examples) {
    const { reduction, target } = example;
    const cotangent = reduction === 'none' ? target.map((_, row) => 1 - row / 2) : -2.5;
    yield { ...example, dtype, ...(dy ? { dy: cotangent } : {}) };
  }
}

/** One row for each length, its target at one of three places. */
function* labelled(trial: Trial, name: string, dtype: FloatType): Iterable<Labelled> {
  const next = random(seedOf(trial.seed, `targets of ${name}`));
  for (const { x, where } of shortRows(
    trial,
    name,
    shortLengths(trial).filter((n) => n % 3 === 1),
  ))
    yield { x, where, target: [Math.floor(next() * x.length)], dtype };
}

export const accuracy = (operation: Operation<Labelled>): readonly Case[] => [
  ...(['float32', 'float64', 'float16'] as const).flatMap((dtype) =>
    SHORT[dtype].map((name) =>
      caseOf(operation, {
        category: 'accuracy',
        name,
        mistake: 'a loss of log(p), which is 0 or infinite where the truth is small or large',
        dtype,
        examples: (trial) => labelled(trial, name, dtype),
      }),
    ),
  ),
  ...(['float32', 'float64'] as const).flatMap((dtype) =>
    BATCHES.map((batch) =>
      caseOf(operation, {
        category: 'known',
        name: batch.name,
        mistake: batch.mistake,
        dtype,
        examples: (trial) => inType(batches(trial, batch), dtype, operation.op === 'crossEntropyGrad'),
      }),
    ),
  ),
];
