import type { FloatType, OpName } from '@softmax/core';
import { must } from '../../judge/outputs.ts';
import { type Case, needs, type Trial, unmeasured } from '../../plan/case.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
/** Of these, −2000 has a probability that is 0 in every format, and above 0 nevertheless. */
const X = [1, -inf, 0, -2000];

type Values = Promise<{ readonly data: () => unknown }> | { readonly data: () => unknown };
type Gradient = (softmax: Trial['softmax'], dy: readonly number[], dtype: FloatType) => Values;

const EACH: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [inf, 1, 1, 1],
    [nan, 0, -inf, -inf],
  ],
  [
    [1, 1, 1, -inf],
    [inf, 0, inf, nan],
  ],
  [
    [1, nan, 1, inf],
    [-inf, 0, -inf, nan],
  ],
  [
    [inf, 1, -inf, 1],
    [nan, 0, nan, nan],
  ],
];
const ONE: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[inf], [inf, 0, inf, inf]],
  [[-inf], [-inf, 0, -inf, -inf]],
  [[nan], [nan, 0, nan, nan]],
];

const endlessOf = (op: OpName, gradient: Gradient, rows: typeof EACH): Case =>
  unmeasured(
    {
      category: 'gradient',
      op,
      name: 'cotangents-that-are-not-finite',
      mistake: '0·∞ where a probability underflows, or ∞ − ∞ where only one is infinite',
      needs: needs(op),
    },
    async ({ softmax }) => {
      for (const [dy, expected] of rows) {
        const got = [...((await (await gradient(softmax, dy, 'float32')).data()) as Iterable<number>)];
        must(
          expected.every((value, k) => Object.is(value, (got[k] as number) + 0)),
          `[${got}] of dy [${dy}], not [${expected}]`,
        );
      }
    },
  );

/** A NaN or infinite cotangent follows the exact formula, in which every possible entry has p > 0. */
export const endless: readonly Case[] = [
  endlessOf('softmaxGrad', (sm, dy, dtype) => sm.softmaxGrad(X, [...dy], { dtype }), EACH),
  endlessOf('logSoftmaxGrad', (sm, dy, dtype) => sm.logSoftmaxGrad(X, [...dy], { dtype }), EACH),
  endlessOf('logSumExpGrad', (sm, dy, dtype) => sm.logSumExpGrad(X, dy[0] as number, { dtype }), ONE),
];
