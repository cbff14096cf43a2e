import type { FloatType, LogMeanExpOptions, Shape, Shaped } from '@softmax/core';
import { round } from '../judge/float.ts';
import { judge } from '../judge/judge.ts';
import { type LogSumExpExample, logSumExp, logSumExpGrad } from '../oracle/log-sum-exp.ts';
import { cutRows } from '../oracle/rows.ts';
import { omit } from '../plan/omit.ts';
import { read, shaped } from '../plan/trial.ts';
import type { Operation } from './operation.ts';

export interface Terms extends Partial<Omit<LogSumExpExample, 'x'>> {
  readonly x: readonly number[];
  readonly dy?: readonly number[];
  readonly where?: string;
}

function exactly(terms: Terms): LogSumExpExample {
  const { x, shape = [x.length], dtype = 'float32' } = terms;
  return { ...omit(terms, 'where', 'dy'), x: x.map((v) => round(v, dtype)), shape, dtype };
}

interface LogSumExpCall {
  readonly input: Shaped;
  readonly options: LogMeanExpOptions;
  readonly outer: Shape;
}

/** The arguments of an example, and the shape of its result. */
export function callOf(example: LogSumExpExample): LogSumExpCall {
  const { x, shape, dtype, mask, axis, keepDims } = example;
  const { reduced } = cutRows(shape, axis);
  const kept = shape.map((length, d) => (isReduced(d, shape.length, axis) ? 1 : length));
  const options = {
    ...(axis === undefined ? {} : { axis }),
    ...(keepDims === undefined ? {} : { keepDims }),
    ...(mask ? { mask: { data: mask, shape } } : {}),
  };
  return { input: shaped(x, shape, dtype), options, outer: keepDims ? kept : reduced };
}

function isReduced(d: number, rank: number, axis: LogSumExpExample['axis'] = -1): boolean {
  return axis === null || [axis].flat().some((a) => (a < 0 ? a + rank : a) === d);
}

const summing = (op: 'logSumExp' | 'logMeanExp'): Operation<Terms> => ({
  op,
  async judge(trial, terms, where) {
    const example = exactly(terms);
    const { input, options, outer } = callOf(example);
    const y = await trial.softmax[op](input, options);
    const expected = logSumExp({ ...example, mean: op === 'logMeanExp' });
    return judge(await read(y, example.dtype, outer), expected, trial, where);
  },
});

const differentiated = (op: 'logSumExpGrad' | 'logMeanExpGrad'): Operation<Terms> => ({
  op,
  async judge(trial, terms, where) {
    const example = exactly(terms);
    const { input, options, outer } = callOf(example);
    const count = outer.reduce((a, b) => a * b, 1);
    const dy = cotangent(terms.dy ?? new Array<number>(count).fill(1), example.dtype);
    const dx = await trial.softmax[op](input, shaped(dy, outer, example.dtype), options);
    return judge(await read(dx, example.dtype, example.shape), logSumExpGrad(example, dy), trial, where);
  },
});

const cotangent = (dy: readonly number[], dtype: FloatType): number[] => dy.map((v) => round(v, dtype));

export const forward: Operation<Terms> = summing('logSumExp');
export const backward: Operation<Terms> = differentiated('logSumExpGrad');
export const meanForward: Operation<Terms> = summing('logMeanExp');
export const meanBackward: Operation<Terms> = differentiated('logMeanExpGrad');
