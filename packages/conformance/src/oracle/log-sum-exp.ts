import type { Axis, FloatType, Shape } from '@softmax/core';
import { absolute, add, type Big, big, divide, multiply, nearest, subtract } from './big.ts';
import { Expected } from './expected.ts';
import { log, log1p } from './exponential.ts';
import { cutRows } from './rows.ts';
import { type State, stateOf } from './state.ts';
import { isEndless } from './unbounded.ts';

export interface LogSumExpExample {
  readonly x: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: FloatType;
  readonly axis?: Axis;
  readonly keepDims?: boolean;
  readonly mask?: readonly boolean[];
  /** Computes the logarithm of the mean of the exponentials. */
  readonly mean?: boolean;
}

const statesOf = ({ x, shape, axis, mask }: LogSumExpExample) => {
  const { rows, reduced, n } = cutRows(shape, axis);
  const states = rows.map((at) =>
    stateOf({ x: at.map((k) => x[k] as number), allowed: mask && at.map((k) => mask[k] as boolean) }),
  );
  return { rows, reduced, n, states };
};

/** log((1 + rest)/c), c = 1 or how many entries are averaged; c equal ones give exactly 0. */
function relative({ rest, total }: State, c: number): Big {
  const less = divide(subtract(rest, big(c - 1)), big(c));
  return nearest(less) > -0.5 ? log1p(less) : log(divide(total, big(c)));
}

/** log Σ e^x, or that of the mean: max + log(Σ e^(x − max)). */
export function logSumExp(example: LogSumExpExample): Expected {
  const { rows, reduced, n, states } = statesOf(example);
  const out = new Expected('log-sum', example.dtype, reduced, n);
  for (const [row, state] of states.entries()) {
    const { kind, max } = state;
    const count = example.mean ? rows[row]?.filter((k) => example.mask?.[k] ?? true).length : 1;
    if (kind === 'finite') {
      const own = relative(state, count ?? 1);
      const [a, b] = [nearest(absolute(max)), nearest(absolute(own))];
      out.set(row, add(max, own), example.mean ? Math.max(a, b) : a);
    } else
      out.set(
        row,
        { nan: Number.NaN, infinite: Number.POSITIVE_INFINITY, masked: -1 / 0, impossible: -1 / 0 }[kind],
      );
  }
  return out;
}

/** dx = dy·exp(x − logSumExp(x)). */
export function logSumExpGrad(example: LogSumExpExample, dy: ArrayLike<number>): Expected {
  const { rows, n, states } = statesOf(example);
  const out = new Expected('sum-of-terms', example.dtype, example.shape, n);
  for (const [row, at] of rows.entries()) {
    const { kind, e, d, total } = states[row] as (typeof states)[number];
    for (const [k, place] of at.entries()) {
      const possible = example.x[place] !== Number.NEGATIVE_INFINITY && (example.mask?.[place] ?? true);
      if (kind === 'nan' && possible) out.set(place, Number.NaN);
      const own = e[k];
      if (!own) continue;
      if (isEndless(dy[row])) {
        out.set(place, dy[row] as number);
        continue;
      }
      const value = divide(multiply(own, big(dy[row] as number)), total);
      out.set(place, value, nearest(absolute(d[k] as typeof own)), absolute(value));
    }
  }
  return out;
}
