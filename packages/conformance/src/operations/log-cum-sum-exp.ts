import { round } from '../judge/float.ts';
import { judge } from '../judge/judge.ts';
import { type LogCumSumExpExample, logCumSumExp, logCumSumExpGrad } from '../oracle/log-cum-sum-exp.ts';
import { read, shaped } from '../plan/trial.ts';
import type { Operation } from './operation.ts';

export interface Run extends Partial<Omit<LogCumSumExpExample, 'x'>> {
  readonly x: readonly number[];
  readonly dy?: readonly number[];
  readonly where?: string;
}

function callOf({ x, dy, dtype = 'float32', shape = [x.length], axis }: Run) {
  const exact = (values: readonly number[]) => values.map((v) => round(v, dtype));
  const options = axis === undefined ? {} : { axis };
  const example: LogCumSumExpExample = { x: exact(x), shape, dtype, ...options };
  const g = exact(dy ?? x.map((_, k) => 1 - (k % 5) / 2));
  return { example, options, input: shaped(example.x, shape, dtype), g, dy: shaped(g, shape, dtype) };
}

export const forward: Operation<Run> = {
  op: 'logCumSumExp',
  async judge(trial, run, where) {
    const { example, options, input } = callOf(run);
    const y = await trial.softmax.logCumSumExp(input, options);
    return judge(await read(y, example.dtype, example.shape), logCumSumExp(example), trial, where);
  },
};

export const backward: Operation<Run> = {
  op: 'logCumSumExpGrad',
  async judge(trial, run, where) {
    const { example, options, input, g, dy } = callOf(run);
    const dx = await trial.softmax.logCumSumExpGrad(input, dy, options);
    const expected = logCumSumExpGrad(example, g);
    return judge(await read(dx, example.dtype, example.shape), expected, trial, where);
  },
};
