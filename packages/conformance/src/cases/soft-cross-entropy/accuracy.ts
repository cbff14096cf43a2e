import type { FloatType } from '@softmax/core';
import type { Labelled } from '../../operations/cross-entropy.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Likely } from '../../operations/soft-cross-entropy.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { shortLengths } from '../../plan/lengths.ts';
import { omit } from '../../plan/omit.ts';
import { BATCHES, batches } from '../cross-entropy/options.ts';
import { random, seedOf } from '../random.ts';
import { DOUBLE, HALF, SINGLE, shortRows } from '../rows-of-logits.ts';

const SHORT: { readonly [D in FloatType]: readonly string[] } = {
  float16: HALF,
  float32: SINGLE,
  float64: DOUBLE,
};

/** Numbers that sum to about 1, with zeros among them; the last row of a batch is one-hot. */
const distribution = (n: number, next: () => number): number[] => {
  const some = Array.from({ length: n }, () => Math.max(0, next() - 0.25));
  const sum = some.reduce((a, b) => a + b, 0) || 1;
  return some.map((v) => v / sum);
};

function* likelyRows(trial: Trial, name: string, dtype: FloatType): Iterable<Likely> {
  const next = random(seedOf(trial.seed, `distributions for ${name}`));
  const lengths = shortLengths(trial).filter((n) => n % 3 === 1);
  for (const { x, where } of shortRows(trial, name, lengths))
    yield { x, where, probabilities: distribution(x.length, next), dtype };
}

function likely(labelled: Labelled, dtype: FloatType, grad: boolean, next: () => number): Likely {
  const { shape = [], target, reduction } = labelled;
  const n = shape[1] ?? 1;
  const probabilities = target.flatMap((y, row) =>
    row > 0 && row === target.length - 1
      ? Array.from({ length: n }, (_, k) => Number(k === y))
      : distribution(n, next),
  );
  const dy = reduction === 'none' ? target.map((_, row) => 1 - row / 2) : -2.5;
  return { ...omit(labelled, 'target', 'ignoreIndex'), probabilities, dtype, ...(grad ? { dy } : {}) };
}

export const accuracy = (operation: Operation<Likely>): readonly Case[] => [
  ...(['float32', 'float64', 'float16'] as const).flatMap((dtype) =>
    SHORT[dtype].map((name) =>
      caseOf(operation, {
        category: 'accuracy',
        name: `probabilities-${name}`,
        mistake: 'a sum of t·log(p), which is 0·∞ or loses the small terms',
        dtype,
        examples: (trial) => likelyRows(trial, name, dtype),
      }),
    ),
  ),
  ...(['float32', 'float64'] as const).flatMap((dtype) =>
    BATCHES.filter(({ name }) => !name.includes('ignored')).map((batch) =>
      caseOf(operation, {
        category: 'known',
        name: `probabilities-${batch.name}`,
        mistake: `${batch.mistake}; where targets are probabilities, a mean divides by the rows`,
        dtype,
        *examples(trial) {
          const next = random(seedOf(trial.seed, `probabilities ${batch.name}`));
          for (const labelled of batches(trial, batch))
            yield likely(labelled, dtype, operation.op === 'crossEntropyGrad', next);
        },
      }),
    ),
  ),
];
