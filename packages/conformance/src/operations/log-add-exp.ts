import { round } from '../judge/float.ts';
import { judge, worst } from '../judge/judge.ts';
import { type LogAddExpExample, logAddExp, logAddExpGrad } from '../oracle/log-add-exp.ts';
import { read, shaped } from '../plan/trial.ts';
import type { Operation } from './operation.ts';

export interface Pairs extends Partial<Omit<LogAddExpExample, 'a' | 'b'>> {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly dy?: readonly number[];
  readonly where?: string;
}

function callOf({ a, b, dy, dtype = 'float32', shape = [a.length] }: Pairs) {
  const exact = (values: readonly number[]) => values.map((v) => round(v, dtype));
  const example: LogAddExpExample = { a: exact(a), b: exact(b), shape, dtype };
  const g = exact(dy ?? a.map((_, k) => 1 - (k % 5) / 2));
  return {
    example,
    a: shaped(example.a, shape, dtype),
    b: shaped(example.b, shape, dtype),
    g,
    dy: shaped(g, shape, dtype),
  };
}

export const forward: Operation<Pairs> = {
  op: 'logAddExp',
  async judge(trial, pairs, where) {
    const { example, a, b } = callOf(pairs);
    const y = await trial.softmax.logAddExp(a, b);
    return judge(await read(y, example.dtype, example.shape), logAddExp(example), trial, where);
  },
};

export const backward: Operation<Pairs> = {
  op: 'logAddExpGrad',
  async judge(trial, pairs, where) {
    const { example, a, b, g, dy } = callOf(pairs);
    const { dtype, shape } = example;
    const expected = logAddExpGrad(example, g);
    const { da, db } = await trial.softmax.logAddExpGrad(a, b, dy);
    return worst([
      judge(await read(da, dtype, shape), expected.da, trial, `da of ${where}`),
      judge(await read(db, dtype, shape), expected.db, trial, `db of ${where}`),
    ]);
  },
};
