import type { FloatType } from '@softmax/core';
import type { Pairs } from '../../operations/log-add-exp.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { LOGITS, random, seedOf } from '../random.ts';
import { DOUBLE, HALF, SINGLE } from '../rows-of-logits.ts';

const SHORT: { readonly [D in FloatType]: readonly string[] } = {
  float16: HALF,
  float32: SINGLE,
  float64: DOUBLE,
};

export const accuracy = (operation: Operation<Pairs>): readonly Case[] =>
  (['float32', 'float64', 'float16'] as const).flatMap((dtype) =>
    SHORT[dtype].map((name) =>
      caseOf(operation, {
        category: 'accuracy',
        name,
        mistake: 'the rounding error of a − b, or log(1 + e^d) where log1p is meant',
        dtype,
        *examples({ seed, quick }) {
          const next = random(seedOf(seed, name));
          const count = quick ? 40 : 200;
          const drawn = () => LOGITS[name]?.(count, next) ?? [];
          yield { a: drawn(), b: drawn(), dtype, where: name };
        },
      }),
    ),
  );
