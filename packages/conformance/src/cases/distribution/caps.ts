import type { FloatType } from '@softmax/core';
import { FORMATS } from '../../judge/float.ts';
import {
  type Backward,
  backward,
  type Forward,
  forward,
  type Logits,
} from '../../operations/distribution.ts';
import { caseOf } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { LOGITS, random, seedOf } from '../random.ts';
import { withCotangent } from './places.ts';

const { MAX_VALUE, NEGATIVE_INFINITY: impossible } = Number;

/** Logits and caps at the ends of a type: x/c overflows, or c·tanh(x/c) has a factor that underflows. */
const EXTREME: { readonly [D in 'float32' | 'float64']: readonly Logits[] } = {
  float32: [
    { x: [3.4e38, 0], softcap: 30 },
    { x: [3.4e38, -3.4e38, 1], softcap: 3e38 },
    { x: [1e10, 0], softcap: 1e-40 },
    { x: [2e-30, 0, 1e-30], softcap: 1e-30, temperature: 1e-30 },
    { x: [1e30, impossible, 1e-30], softcap: 1e-30, temperature: 1e-30 },
  ],
  float64: [
    { x: [MAX_VALUE, 0], softcap: 30 },
    { x: [MAX_VALUE, -MAX_VALUE, 1], softcap: MAX_VALUE },
    { x: [2e307, 0], softcap: 0.1 },
    { x: [1e10, 0], softcap: 1e-300 },
    { x: [1e10, 0], softcap: 1e-300, temperature: 1e-300 },
    { x: [2e-290, 0, 1e-290], softcap: 1e-290, temperature: 1e-290 },
    { x: [1e300, impossible, -1e-300], softcap: 1e-300, temperature: 0.5 },
  ],
};

/** Random logits within and beyond a cap, which T makes large or small beside 1. */
function* randomCaps(trial: Trial, dtype: FloatType): Iterable<Logits> {
  const next = random(seedOf(trial.seed, `caps ${dtype}`));
  for (const size of dtype === 'float16' ? [1, 100] : [1e-3, 1, 100, 1e8])
    for (const [softcap, temperature] of [
      [0.5, 1],
      [3, 0.125],
      [30, 1],
      [30, 8],
    ] as const)
      for (const n of trial.quick ? [2, 9] : [1, 2, 3, 9, 33])
        yield {
          x: (LOGITS['uniform-10']?.(n, next) ?? []).map((v) => 0.3 * v * size),
          softcap: softcap * size,
          temperature: temperature * Math.max(1, size / 100),
          dtype,
          where: `cap ${softcap * size}, n = ${n}`,
        };
}

/** What a type allows at its ends, without subnormal caps where a backend may read them as 0. */
const extremeCaps = ({ subnormals }: Trial, dtype: 'float32' | 'float64'): readonly Logits[] => {
  const { tiny, eps } = FORMATS[dtype];
  return EXTREME[dtype]
    .filter(({ softcap }) => subnormals || Number(softcap) >= tiny / eps)
    .map((row) => ({ ...row, dtype }));
};

const extreme = {
  category: 'special',
  name: 'caps-of-any-size',
  mistake: 'x/c that overflows, or ∞·0 where the cap or its slope underflows: NaN',
} as const;
const usual = {
  category: 'accuracy',
  name: 'caps',
  mistake: 'capped logits rounded to the format: the exponential turns c·eps into 2 ulp and more',
} as const;

const withDy = (row: Logits) => ({ ...row, dy: row.x.map((_, k) => 1.5 - (k % 4)) });

export const caps = (op: Forward): readonly Case[] => [
  ...(['float32', 'float64'] as const).map((dtype) =>
    caseOf(forward(op), {
      ...extreme,
      dtype,
      examples: (trial) => extremeCaps(trial, dtype),
    }),
  ),
  ...(['float32', 'float64', 'float16'] as const).map((dtype) =>
    caseOf(forward(op), { ...usual, dtype, examples: (trial) => randomCaps(trial, dtype) }),
  ),
];

export const capsGrad = (op: Backward): readonly Case[] => [
  ...(['float32', 'float64'] as const).map((dtype) =>
    caseOf(backward(op), {
      ...extreme,
      dtype,
      examples: (trial) => extremeCaps(trial, dtype).map(withDy),
    }),
  ),
  ...(['float32', 'float64', 'float16'] as const).map((dtype) =>
    caseOf(backward(op), {
      ...usual,
      dtype,
      examples: (trial) => withCotangent(trial, randomCaps(trial, dtype)),
    }),
  ),
];
