import type { SoftmaxOptions } from '@softmax/core';
import { round } from '../judge/float.ts';
import { judge } from '../judge/judge.ts';
import { type DistributionExample, distribution } from '../oracle/distribution.ts';
import { distributionGrad } from '../oracle/distribution-grad.ts';
import type { Expected } from '../oracle/expected.ts';
import { omit } from '../plan/omit.ts';
import { read, shaped } from '../plan/trial.ts';
import { type Operation, parameterType } from './operation.ts';

/**
 * Logits and options with any numbers, which are rounded to the backend's format. One row of
 * float32 by default.
 */
export interface Logits extends Partial<Omit<DistributionExample, 'x'>> {
  readonly x: readonly number[];
  readonly where?: string;
}
export interface LogitsAndCotangent extends Logits {
  readonly dy: readonly number[];
}
export type Forward = 'softmax' | 'softmin' | 'logSoftmax';
export type Backward = `${Forward}Grad`;

const some = <T>(value: T | undefined, f: (value: T) => T): T | undefined =>
  value === undefined ? undefined : f(value);

export function exactly(logits: Logits): DistributionExample {
  const { x, shape = [x.length], dtype = 'float32', temperature, sink, softcap } = logits;
  const parameter = (value: number) => round(value, parameterType(dtype));
  const perRow = (value: number | readonly number[]) =>
    typeof value === 'number' ? parameter(value) : value.map(parameter);
  const parameters = {
    temperature: some(temperature, perRow),
    sink: some(sink, perRow),
    softcap: some(softcap, parameter),
  };
  return {
    ...omit(logits, 'temperature', 'sink', 'softcap', 'where'),
    ...(Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)) as object),
    x: x.map((v) => round(v, dtype)),
    shape,
    dtype,
  };
}

function optionsOf(example: DistributionExample): SoftmaxOptions {
  const { shape, mask } = example;
  const options = omit(example, 'x', 'shape', 'dtype', 'mask');
  return mask ? { ...options, mask: { data: mask, shape } } : options;
}

/** Returns the oracle's values for a forward operation. */
export const answer = (op: Forward, example: DistributionExample): Expected =>
  distribution(example, op === 'logSoftmax' ? op : 'softmax', op === 'softmin');

export const forward = (op: Forward): Operation<Logits> => ({
  op,
  async judge(trial, logits, where) {
    const example = exactly(logits);
    const { x, shape, dtype } = example;
    const y = await trial.softmax[op](shaped(x, shape, dtype), optionsOf(example));
    return judge(await read(y, dtype, shape), answer(op, example), trial, where);
  },
});

export const backward = (op: Backward): Operation<LogitsAndCotangent> => ({
  op,
  async judge(trial, { dy, ...logits }, where) {
    const example = exactly(logits);
    const { x, shape, dtype } = example;
    const g = dy.map((v) => round(v, dtype));
    const dx = await trial.softmax[op](shaped(x, shape, dtype), shaped(g, shape, dtype), optionsOf(example));
    const expected = distributionGrad(
      example,
      g,
      op === 'logSoftmaxGrad' ? 'logSoftmax' : 'softmax',
      op === 'softminGrad',
    );
    return judge(await read(dx, dtype, shape), expected, trial, where);
  },
});
