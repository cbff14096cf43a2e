import type { FloatType, Shape } from '@softmax/core';
import { Expected } from './expected.ts';
import { logSumExp, logSumExpGrad } from './log-sum-exp.ts';

export interface LogAddExpExample {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly shape: Shape;
  readonly dtype: FloatType;
}

/** Log-sum-exp of rows of two. */
const pairs = ({ a, b, shape, dtype }: LogAddExpExample) => ({
  x: a.flatMap((v, k) => [v, b[k] as number]),
  shape: [...shape, 2],
  dtype,
});

export const logAddExp = (example: LogAddExpExample): Expected => logSumExp(pairs(example));

export function logAddExpGrad(
  example: LogAddExpExample,
  dy: readonly number[],
): { readonly da: Expected; readonly db: Expected } {
  const both = logSumExpGrad(pairs(example), dy);
  const half = (first: 0 | 1): Expected => {
    const out = new Expected(both.quantity, example.dtype, example.shape, 2);
    for (const k of example.a.keys())
      for (const name of ['values', 'beyond', 'distance', 'largest'] as const)
        out[name][k] = both[name][2 * k + first] as number;
    return out;
  };
  return { da: half(0), db: half(1) };
}
