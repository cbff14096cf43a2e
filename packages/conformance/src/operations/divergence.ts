import { round } from '../judge/float.ts';
import { judge, worst } from '../judge/judge.ts';
import { type DivergenceExample, divergence } from '../oracle/divergence.ts';
import { cutRows } from '../oracle/rows.ts';
import { omit } from '../plan/omit.ts';
import { read, shaped } from '../plan/trial.ts';
import type { Operation } from './operation.ts';

/**
 * Probabilities with any numbers, which are rounded to the backend's format. One row of float32 by
 * default.
 */
export interface Chances extends Partial<Omit<DivergenceExample, 'p'>> {
  readonly p: readonly number[];
  readonly dy?: readonly number[];
  readonly where?: string;
}

function callOf({ p, q, shape = [p.length], dtype = 'float32', dy, where: _, ...rest }: Chances) {
  const { axis, keepDims } = rest;
  const { reduced } = cutRows(shape, axis);
  const axes = axis === null ? shape.map((_d, d) => d) : [axis ?? -1].flat();
  const isKept = (d: number) => !axes.some((a) => (a < 0 ? a + shape.length : a) === d);
  const outer = keepDims ? shape.map((length, d) => (isKept(d) ? length : 1)) : reduced;
  const exact = (values: readonly number[]) => values.map((v) => round(v, dtype));
  const g = exact(dy ?? new Array<number>(outer.reduce((a, b) => a * b, 1)).fill(1));
  const example = { ...rest, p: exact(p), ...(q ? { q: exact(q) } : {}), shape, dtype };
  return {
    expected: divergence(example, g),
    p: shaped(example.p, shape, dtype),
    q: shaped(example.q ?? example.p, shape, dtype),
    dy: shaped(g, outer, dtype),
    options: rest,
    dtype,
    shape,
    outer,
  };
}

export const klForward: Operation<Chances> = {
  op: 'klDivergence',
  async judge(trial, chances, where) {
    const { expected, p, q, options, dtype, outer } = callOf({ q: chances.p, ...chances });
    const y = await trial.softmax.klDivergence(p, q, options);
    return judge(await read(y, dtype, outer), expected.y, trial, where);
  },
};

export const klBackward: Operation<Chances> = {
  op: 'klDivergenceGrad',
  async judge(trial, chances, where) {
    const { expected, p, q, dy, options, dtype, shape } = callOf({ q: chances.p, ...chances });
    const got = await trial.softmax.klDivergenceGrad(p, q, dy, options);
    return worst([
      judge(await read(got.dp, dtype, shape), expected.dp, trial, `dp of ${where}`),
      judge(await read(got.dq, dtype, shape), expected.dq, trial, `dq of ${where}`),
    ]);
  },
};

export const entropyForward: Operation<Chances> = {
  op: 'entropy',
  async judge(trial, chances, where) {
    const { expected, p, options, dtype, outer } = callOf(omit(chances, 'q'));
    const y = await trial.softmax.entropy(p, options);
    return judge(await read(y, dtype, outer), expected.y, trial, where);
  },
};

export const entropyBackward: Operation<Chances> = {
  op: 'entropyGrad',
  async judge(trial, chances, where) {
    const { expected, p, dy, options, dtype, shape } = callOf(omit(chances, 'q'));
    const dp = await trial.softmax.entropyGrad(p, dy, options);
    return judge(await read(dp, dtype, shape), expected.dp, trial, where);
  },
};
