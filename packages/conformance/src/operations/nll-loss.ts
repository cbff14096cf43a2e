import type { LikelihoodOptions } from '@softmax/core';
import { judge, worst } from '../judge/judge.ts';
import type { LikelihoodExample } from '../oracle/likelihood.ts';
import { nllLoss } from '../oracle/nll-loss.ts';
import { omit } from '../plan/omit.ts';
import { read, shaped } from '../plan/trial.ts';
import { exactly, type Labelled } from './cross-entropy.ts';
import type { Operation } from './operation.ts';

function optionsOf(example: LikelihoodExample): LikelihoodOptions {
  const { shape, mask } = example;
  const options = omit(example, 'x', 'shape', 'dtype', 'mask', 'target', 'probabilities', 'dy');
  return mask ? { ...options, mask: { data: mask, shape } } : options;
}

export const forward: Operation<Labelled> = {
  op: 'nllLoss',
  async judge(trial, labelled, where) {
    const example = exactly(omit(labelled, 'zLoss'));
    const { loss } = nllLoss(example);
    const { x, shape, dtype, target } = example;
    const y = await trial.softmax.nllLoss(shaped(x, shape, dtype), target, optionsOf(example));
    return judge(await read(y, dtype, loss.shape), loss, trial, where);
  },
};

export const backward: Operation<Labelled> = {
  op: 'nllLossGrad',
  async judge(trial, labelled, where) {
    const example = exactly(omit(labelled, 'zLoss'));
    const { loss, dx } = nllLoss(example);
    const { x, shape, dtype, target, dy } = example;
    const options = dy === undefined ? optionsOf(example) : { ...optionsOf(example), dy };
    const got = await trial.softmax.nllLossGrad(shaped(x, shape, dtype), target, options);
    return worst([
      judge(await read(got.loss, dtype, loss.shape), loss, trial, `the loss of ${where}`),
      judge(await read(got.dx, dtype, shape), dx, trial, `the gradient of ${where}`),
    ]);
  },
};
