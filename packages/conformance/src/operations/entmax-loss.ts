import type { EntmaxLossOptions } from '@softmax/core';
import { judge, type Measure, worst } from '../judge/judge.ts';
import { entmaxLoss } from '../oracle/entmax-loss.ts';
import type { LikelihoodExample } from '../oracle/likelihood.ts';
import { omit } from '../plan/omit.ts';
import { read, shaped } from '../plan/trial.ts';
import { exactly, type Labelled } from './cross-entropy.ts';
import { takes } from './described.ts';
import type { Operation } from './operation.ts';

export type Forward = 'sparsemaxLoss' | 'entmaxLoss';
export type Backward = `${Forward}Grad`;

function optionsOf(op: Forward | Backward, example: LikelihoodExample, alpha: number): EntmaxLossOptions {
  const { shape, mask } = example;
  const options = {
    ...omit(example, 'x', 'shape', 'dtype', 'mask', 'target', 'dy'),
    ...(takes(op, 'alpha') ? { alpha } : {}),
  };
  return mask ? { ...options, mask: { data: mask, shape } } : options;
}

export const forward = (op: Forward, alpha: number): Operation<Labelled> => ({
  op,
  kernel: alpha === 1 ? 'crossEntropy' : 'entmaxLoss',
  async judge(trial, labelled, where) {
    const example = exactly(labelled);
    const { loss } = entmaxLoss(example, alpha);
    const { x, shape, dtype, target } = example;
    const y = await trial.softmax[op](shaped(x, shape, dtype), target, optionsOf(op, example, alpha));
    return judge(await read(y, dtype, loss.shape), loss, trial, where);
  },
});

export const backward = (op: Backward, alpha: number): Operation<Labelled> => ({
  op,
  kernel: alpha === 1 ? 'crossEntropyGrad' : 'entmaxLossGrad',
  async judge(trial, labelled, where): Promise<Measure> {
    const example = exactly(labelled);
    const { loss, dx } = entmaxLoss(example, alpha);
    const { x, shape, dtype, target, dy } = example;
    const options = optionsOf(op, example, alpha);
    const call = dy === undefined ? options : { ...options, dy };
    const got = await trial.softmax[op](shaped(x, shape, dtype), target, call);
    return worst([
      judge(await read(got.loss, dtype, loss.shape), loss, trial, `the loss of ${where}`),
      judge(await read(got.dx, dtype, shape), dx, trial, `the gradient of ${where}`),
    ]);
  },
});
