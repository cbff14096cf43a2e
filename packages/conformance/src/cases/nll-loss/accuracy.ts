import type { FloatType } from '@softmax/core';
import type { Labelled } from '../../operations/cross-entropy.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { omit } from '../../plan/omit.ts';
import { BATCHES, type Batch, batches } from '../cross-entropy/options.ts';

/** Where a batch has logits, numbers at most 0: log-probabilities that need not sum to 1. */
function* examples(trial: Trial, batch: Batch, dtype: FloatType, dy: boolean): Iterable<Labelled> {
  for (const labelled of batches(trial, batch)) {
    const { reduction, target } = labelled;
    const cotangent = reduction === 'none' ? target.map((_, row) => 1 - row / 2) : -2.5;
    const x = labelled.x.map((v) => -Math.abs(v));
    yield { ...omit(labelled, 'zLoss'), x, dtype, ...(dy ? { dy: cotangent } : {}) };
  }
}

const DTYPES: readonly FloatType[] = ['float32', 'float64', 'float16'];

export const accuracy = (operation: Operation<Labelled>): readonly Case[] =>
  DTYPES.flatMap((dtype) =>
    BATCHES.filter(({ name }) => name !== 'z-loss').map((batch) =>
      caseOf(operation, {
        category: 'known',
        name: batch.name,
        mistake: batch.mistake,
        dtype,
        examples: (trial) => examples(trial, batch, dtype, operation.op === 'nllLossGrad'),
      }),
    ),
  );
