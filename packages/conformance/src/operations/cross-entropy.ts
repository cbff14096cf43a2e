import type { CrossEntropyOptions } from '@softmax/core';
import { round } from '../judge/float.ts';
import { judge, type Measure, worst } from '../judge/judge.ts';
import { type CrossEntropyExample, crossEntropy } from '../oracle/cross-entropy.ts';
import { omit } from '../plan/omit.ts';
import { read, shaped } from '../plan/trial.ts';
import { type Operation, parameterType } from './operation.ts';

export interface Labelled extends Partial<Omit<CrossEntropyExample, 'x' | 'target'>> {
  readonly x: readonly number[];
  readonly target: readonly number[];
  readonly where?: string;
}

export function exactly(labelled: Labelled): CrossEntropyExample {
  const { x, dtype = 'float32', shape = [1, x.length], weight, tokenWeight, dy } = labelled;
  const parameter = (value: number) => round(value, parameterType(dtype));
  return {
    ...omit(labelled, 'where', 'dy'),
    ...(weight ? { weight: weight.map(parameter) } : {}),
    ...(tokenWeight ? { tokenWeight: tokenWeight.map(parameter) } : {}),
    ...(dy === undefined ? {} : { dy: typeof dy === 'number' ? parameter(dy) : dy.map(parameter) }),
    x: x.map((v) => round(v, dtype)),
    shape,
    dtype,
  };
}

export function optionsOf(example: CrossEntropyExample): CrossEntropyOptions {
  const { shape, mask } = example;
  const options = omit(example, 'x', 'shape', 'dtype', 'mask', 'target', 'dy');
  return mask ? { ...options, mask: { data: mask, shape } } : options;
}

export const forward: Operation<Labelled> = {
  op: 'crossEntropy',
  async judge(trial, labelled, where) {
    const example = exactly(labelled);
    const { loss } = crossEntropy(example);
    const { x, shape, dtype, target } = example;
    const y = await trial.softmax.crossEntropy(shaped(x, shape, dtype), target, optionsOf(example));
    return judge(await read(y, dtype, loss.shape), loss, trial, where);
  },
};

export const backward: Operation<Labelled> = {
  op: 'crossEntropyGrad',
  async judge(trial, labelled, where): Promise<Measure> {
    const example = exactly(labelled);
    const { loss, dx } = crossEntropy(example);
    const { x, shape, dtype, target, dy } = example;
    const options = dy === undefined ? optionsOf(example) : { ...optionsOf(example), dy };
    const got = await trial.softmax.crossEntropyGrad(shaped(x, shape, dtype), target, options);
    return worst([
      judge(await read(got.loss, dtype, loss.shape), loss, trial, `the loss of ${where}`),
      judge(await read(got.dx, dtype, shape), dx, trial, `the gradient of ${where}`),
    ]);
  },
};
