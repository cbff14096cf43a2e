import type { KernelName, SparsemaxOptions } from '@softmax/core';
import { round } from '../judge/float.ts';
import { judge } from '../judge/judge.ts';
import { type EntmaxExample, entmax, entmaxGrad } from '../oracle/entmax.ts';
import { omit } from '../plan/omit.ts';
import { read, shaped } from '../plan/trial.ts';
import { takes } from './described.ts';
import type { Operation } from './operation.ts';

export interface Scores extends Partial<Omit<EntmaxExample, 'x'>> {
  readonly x: readonly number[];
  readonly where?: string;
}
export interface ScoresAndCotangent extends Scores {
  readonly dy: readonly number[];
}
export type Forward = 'sparsemax' | 'entmax' | 'hardmax';
export type Backward = 'sparsemaxGrad' | 'entmaxGrad';

function exactly(scores: Scores): EntmaxExample {
  const { x, shape = [x.length], dtype = 'float32' } = scores;
  return { ...omit(scores, 'where'), x: x.map((v) => round(v, dtype)), shape, dtype };
}

function optionsOf(example: EntmaxExample): SparsemaxOptions {
  const { shape, mask } = example;
  const options = omit(example, 'x', 'shape', 'dtype', 'mask');
  return mask ? { ...options, mask: { data: mask, shape } } : options;
}

/** The α that entmax is called with; the other operations have their own. */
const given = (op: Forward | Backward, alpha: number) => (takes(op, 'alpha') ? { alpha } : {});

export const alphaOf = (op: Forward | Backward): number =>
  op === 'hardmax' ? Number.POSITIVE_INFINITY : takes(op, 'alpha') ? 1.5 : 2;

function kernelOf(alpha: number): KernelName {
  if (alpha === Number.POSITIVE_INFINITY) return 'hardmax';
  return alpha === 1 ? 'softmax' : alpha === 2 ? 'sparsemax' : alpha === 1.5 ? 'entmax15' : 'entmax';
}

function kernelOfGrad(alpha: number): KernelName {
  if (alpha === Number.POSITIVE_INFINITY) return 'hardmax';
  return alpha === 1 ? 'softmaxGrad' : 'entmaxGrad';
}

export const forward = (op: Forward, alpha: number = alphaOf(op)): Operation<Scores> => ({
  op,
  kernel: kernelOf(alpha),
  async judge(trial, scores, where) {
    const example = exactly(scores);
    const { x, shape, dtype } = example;
    const options = { ...optionsOf(example), ...given(op, alpha) };
    const y = await trial.softmax[op](shaped(x, shape, dtype), options);
    return judge(await read(y, dtype, shape), entmax(example, alpha), trial, where);
  },
});

export const backward = (op: Backward, alpha: number = alphaOf(op)): Operation<ScoresAndCotangent> => ({
  op,
  kernel: kernelOfGrad(alpha),
  async judge(trial, { dy, ...scores }, where) {
    const example = exactly(scores);
    const { x, shape, dtype } = example;
    const g = dy.map((v) => round(v, dtype));
    const options = { ...optionsOf(example), ...given(op, alpha) };
    const dx = await trial.softmax[op](shaped(x, shape, dtype), shaped(g, shape, dtype), options);
    return judge(await read(dx, dtype, shape), entmaxGrad(example, g, alpha), trial, where);
  },
});
