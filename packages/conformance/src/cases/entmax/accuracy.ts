import type { FloatType } from '@softmax/core';
import {
  alphaOf,
  type Backward,
  backward,
  type Forward,
  forward,
  type Scores,
} from '../../operations/entmax.ts';
import { caseOf } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { plain, withCotangent } from '../distribution/places.ts';
import { random, seedOf } from '../random.ts';
import { DOUBLE, HALF, SINGLE, shortRows } from '../rows-of-logits.ts';
import { each, named } from './alphas.ts';

const SHORT: { readonly [D in FloatType]: readonly string[] } = {
  float16: HALF,
  float32: SINGLE,
  float64: DOUBLE,
};
const MISTAKE: { readonly [D in FloatType]: string } = {
  float16: 'a threshold in float16',
  float32:
    'a threshold in float32, whose error is all of a small probability; a bisection that ends too early',
  float64: 'a threshold without the rounding errors of its differences',
};

const DENSE = 'all-in-the-support';
/** Scores so close that all of them are in the support, whatever α. */
function* dense(trial: Trial, lengths: readonly number[]): Iterable<Scores> {
  const next = random(seedOf(trial.seed, DENSE));
  for (const n of lengths) yield { x: plain(n, next).map((v) => v / (4 * n)), where: `${DENSE}, n = ${n}` };
}

function* scores(trial: Trial, name: string, dtype: FloatType, alpha: number): Iterable<Scores> {
  const few = alpha === 1.5 || alpha === 2 ? [1, 2, 3, 5, 8, 16, 31, 33, 64] : [1, 2, 3, 7, 16, 33];
  const lengths = trial.quick ? few.filter((_, k) => k % 3 === 1) : few;
  const rows = name === DENSE ? dense(trial, lengths) : shortRows(trial, name, lengths);
  for (const row of rows) yield { ...row, dtype };
}

const cases = (
  op: Forward | Backward,
  alphas: readonly number[],
  make: (name: string, alpha: number, dtype: FloatType, mistake: string) => Case,
): readonly Case[] =>
  each(op, alphas, (alpha) =>
    (['float32', 'float64', 'float16'] as const).flatMap((dtype) =>
      [...SHORT[dtype], DENSE].map((name) => make(name, alpha, dtype, MISTAKE[dtype])),
    ),
  );

export const accuracy = (op: Forward): readonly Case[] =>
  cases(op, [1.5, 2, 1.25, 1.000001, 3, 50], (name, alpha, dtype, mistake) =>
    caseOf(forward(op, alpha), {
      category: 'accuracy',
      name: named(op, name, alpha),
      mistake,
      dtype,
      examples: (trial) => scores(trial, name, dtype, alpha),
    }),
  );

/** A long row, sparse and dense: the exact oracle takes its time, so there are two. */
export const long = (op: Forward): Case =>
  caseOf(forward(op), {
    category: 'accuracy',
    name: named(op, 'rows-of-4096', alphaOf(op)),
    mistake: 'a float32 running sum over the support, whose error grows with the row',
    *examples(trial) {
      yield* shortRows(trial, 'near-10000', [4096]);
      yield* dense(trial, [4096]);
    },
  });

export const accuracyGrad = (op: Backward): readonly Case[] =>
  cases(op, [1.5, 2, 1.25, 3], (name, alpha, dtype) =>
    caseOf(backward(op, alpha), {
      category: 'accuracy',
      name: named(op, name, alpha),
      mistake: 'a mean over the support with the wrong weights, or a power of rounded probabilities',
      dtype,
      examples: (trial) => withCotangent(trial, scores(trial, name, dtype, alpha)),
    }),
  );
