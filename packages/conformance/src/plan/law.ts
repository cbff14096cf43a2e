import type { OpName } from '@softmax/core';
import fc from 'fast-check';
import { type Case, type Needs, needs, type Trial } from './case.ts';

/**
 * A property of all rows, tested on random ones; a row that violates it is shrunk to a minimal one.
 */
export interface Law<T> {
  readonly op: OpName;
  readonly name: string;
  readonly mistake: string;
  readonly needs?: Needs;
  readonly of: fc.Arbitrary<T>;
  readonly holds: (trial: Trial, sample: T) => Promise<void>;
}

export const law = <T>({ op, name, mistake, of, holds, needs: own = needs(op) }: Law<T>): Case => ({
  category: 'law',
  op,
  name,
  mistake,
  needs: own,
  async run(trial) {
    const property = fc.asyncProperty(of, (sample) => holds(trial, sample));
    const options = { seed: trial.seed, numRuns: trial.examples };
    const { failed, counterexample, errorInstance } = await fc.check(property, options);
    if (!failed) return undefined;
    // A refusal has its own error and is no counter-example.
    if (errorInstance instanceof Error && 'code' in errorInstance) throw errorInstance;
    throw new Error(`does not hold for ${fc.stringify(counterexample)}`, { cause: errorInstance });
  },
});

const float = (max: number): fc.Arbitrary<number> =>
  fc.float({ min: Math.fround(-max), max: Math.fround(max), noNaN: true, noDefaultInfinity: true });

/** Rows of 1 to 40 logits, with ties, large ones and −inf among them. */
export const rows: fc.Arbitrary<number[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: float(10) },
    { weight: 2, arbitrary: float(200) },
    { weight: 2, arbitrary: fc.constantFrom(0, 1, -1, 5) },
    { weight: 1, arbitrary: fc.constant(Number.NEGATIVE_INFINITY) },
  ),
  { minLength: 1, maxLength: 40 },
);

/**
 * Rows of finite logits that are multiples of 1/64, so that sums and differences of them are exact.
 */
export const grid: fc.Arbitrary<number[]> = fc.array(
  fc.integer({ min: -640, max: 640 }).map((k) => k / 64),
  { minLength: 1, maxLength: 40 },
);

/** Rows, each with a mask. */
export const masked = (of: fc.Arbitrary<number[]>): fc.Arbitrary<[number[], boolean[]]> =>
  of.chain((x) =>
    fc.tuple(fc.constant(x), fc.array(fc.boolean(), { minLength: x.length, maxLength: x.length })),
  );
