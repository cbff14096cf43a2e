import type { GumbelSoftmaxOptions } from '@softmax/core';
import { round } from '../judge/float.ts';
import { judge } from '../judge/judge.ts';
import { type GumbelExample, gumbelSoftmax, gumbelSoftmaxGrad } from '../oracle/gumbel.ts';
import { omit } from '../plan/omit.ts';
import { read, shaped } from '../plan/trial.ts';
import { type Operation, parameterType } from './operation.ts';

/** Noise in any numbers: it is rounded to the parameter type, as core does. */
export interface Perturbed extends Partial<Omit<GumbelExample, 'x' | 'noise'>> {
  readonly x: readonly number[];
  readonly noise: readonly number[];
  readonly dy?: readonly number[];
  readonly where?: string;
}

export function exactly(given: Perturbed): GumbelExample {
  const { x, noise, shape = [x.length], dtype = 'float32', temperature } = given;
  const parameter = (value: number) => round(value, parameterType(dtype));
  return {
    ...omit(given, 'where', 'dy'),
    ...(temperature === undefined ? {} : { temperature: parameter(temperature) }),
    x: x.map((v) => round(v, dtype)),
    noise: noise.map(parameter),
    shape,
    dtype,
  };
}

function optionsOf(example: GumbelExample): GumbelSoftmaxOptions {
  const { shape, mask, noise } = example;
  const options = { ...omit(example, 'x', 'shape', 'dtype', 'mask', 'noise'), noise: { data: noise, shape } };
  return mask ? { ...options, mask: { data: mask, shape } } : options;
}

export const forward: Operation<Perturbed> = {
  op: 'gumbelSoftmax',
  async judge(trial, given, where) {
    const example = exactly(given);
    const { x, shape, dtype } = example;
    const y = await trial.softmax.gumbelSoftmax(shaped(x, shape, dtype), optionsOf(example));
    return judge(await read(y, dtype, shape), gumbelSoftmax(example), trial, where);
  },
};

export const backward: Operation<Perturbed> = {
  op: 'gumbelSoftmaxGrad',
  async judge(trial, given, where) {
    const example = exactly(given);
    const { x, shape, dtype } = example;
    const g = (given.dy ?? x.map((_, k) => 1.5 - (k % 4))).map((v) => round(v, dtype));
    const call = [shaped(x, shape, dtype), shaped(g, shape, dtype), optionsOf(example)] as const;
    const dx = await trial.softmax.gumbelSoftmaxGrad(...call);
    return judge(await read(dx, dtype, shape), gumbelSoftmaxGrad(example, g), trial, where);
  },
};
