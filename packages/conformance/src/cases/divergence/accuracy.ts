import type { FloatType } from '@softmax/core';
import { round } from '../../judge/float.ts';
import type { Chances } from '../../operations/divergence.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { shortLengths } from '../../plan/lengths.ts';
import { LOGITS, random, seedOf } from '../random.ts';

const softmaxOf = (x: readonly number[]): number[] => {
  const max = Math.max(...x);
  const e = x.map((v) => Math.exp(v - max));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((v) => v / sum);
};

interface Pairing {
  readonly name: string;
  readonly mistake: string;
  readonly of: (n: number, next: () => number) => readonly [p: number[], q: number[]];
}

const drawn = (name: string, n: number, next: () => number): number[] =>
  softmaxOf(LOGITS[name]?.(n, next) ?? []);

const PAIRINGS: readonly Pairing[] = [
  {
    name: 'flat',
    mistake: 'a sum in float32, whose error grows with the row',
    of: (n, next) => [drawn('ties', n, next), drawn('ties', n, next)],
  },
  {
    name: 'peaked',
    mistake: 'small probabilities clipped to some ε',
    of: (n, next) => [drawn('one-dominant', n, next), drawn('uniform-10', n, next)],
  },
  {
    name: 'wide',
    mistake: 'log(p/q) of a quotient that overflows or vanishes, or 0·log 0',
    of: (n, next) => [drawn('normal-50', n, next), drawn('normal-10', n, next)],
  },
  {
    name: 'nearly-equal',
    mistake: 'log(p/q) of a quotient near 1, or log p − log q: their difference is lost in rounding',
    of(n, next) {
      const p = drawn('ties', n, next);
      return [p, p.map((v) => v * (1 + (next() - 0.5) / 1000))];
    },
  },
];

function* pairs(trial: Trial, { name, of }: Pairing, dtype: FloatType): Iterable<Chances> {
  const next = random(seedOf(trial.seed, `distributions ${name}`));
  for (const n of shortLengths(trial).filter((length) => length % 4 < 2)) {
    const [p, q] = of(n, next);
    // No q of 0 where p is not: that is a case of its own.
    const safe = q.map((v) => (round(v, dtype) === 0 ? 2 ** -14 : v));
    yield { p, q: safe, dtype, dy: [next() * 4 - 2], where: `${name}, n = ${n}` };
  }
}

export const accuracy = (operation: Operation<Chances>): readonly Case[] =>
  (['float32', 'float64', 'float16'] as const).flatMap((dtype) =>
    PAIRINGS.map((pairing) =>
      caseOf(operation, {
        category: 'accuracy',
        name: pairing.name,
        mistake: pairing.mistake,
        dtype,
        examples: (trial) => pairs(trial, pairing, dtype),
      }),
    ),
  );
