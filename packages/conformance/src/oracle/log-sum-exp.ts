import type { Axis, FloatType, Shape } from '@softmax/core';
import { absolute, add, big, divide, multiply, nearest } from './big.ts';
import { Expected } from './expected.ts';
import { log1p } from './exponential.ts';
import { cutRows } from './rows.ts';
import { stateOf } from './state.ts';

export interface LogSumExpExample {
  readonly x: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: FloatType;
  readonly axis?: Axis;
  readonly keepDims?: boolean;
  readonly mask?: readonly boolean[];
}

const statesOf = ({ x, shape, axis, mask }: LogSumExpExample) => {
  const { rows, reduced, n } = cutRows(shape, axis);
  const states = rows.map((at) =>
    stateOf({ x: at.map((k) => x[k] as number), allowed: mask && at.map((k) => mask[k] as boolean) }),
  );
  return { rows, reduced, n, states };
};

/** log Σ e^x = max + log1p(rest). */
export function logSumExp(example: LogSumExpExample): Expected {
  const { reduced, n, states } = statesOf(example);
  const out = new Expected('log-sum', example.dtype, reduced, n);
  for (const [row, { kind, max, rest }] of states.entries())
    if (kind === 'finite') out.set(row, add(max, log1p(rest)), nearest(absolute(max)));
    else
      out.set(
        row,
        { nan: Number.NaN, infinite: Number.POSITIVE_INFINITY, masked: -1 / 0, impossible: -1 / 0 }[kind],
      );
  return out;
}

/** dx = dy·exp(x − logSumExp(x)). */
export function logSumExpGrad(example: LogSumExpExample, dy: ArrayLike<number>): Expected {
  const { rows, n, states } = statesOf(example);
  const out = new Expected('sum-of-terms', example.dtype, example.shape, n);
  for (const [row, at] of rows.entries()) {
    const { kind, e, d, total } = states[row] as (typeof states)[number];
    for (const [k, place] of at.entries()) {
      if (kind === 'nan' && (example.mask?.[place] ?? true)) out.set(place, Number.NaN);
      const own = e[k];
      if (!own) continue;
      const value = divide(multiply(own, big(dy[row] as number)), total);
      out.set(place, value, nearest(absolute(d[k] as typeof own)), absolute(value));
    }
  }
  return out;
}
