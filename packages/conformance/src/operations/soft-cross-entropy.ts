import { round } from '../judge/float.ts';
import { judge, worst } from '../judge/judge.ts';
import { type CrossEntropyExample, crossEntropy } from '../oracle/cross-entropy.ts';
import { omit } from '../plan/omit.ts';
import { read, shaped } from '../plan/trial.ts';
import { exactly, type Labelled, optionsOf } from './cross-entropy.ts';
import type { Operation } from './operation.ts';

/** Logits with a distribution over the classes for each row. */
export interface Likely extends Omit<Labelled, 'target' | 'ignoreIndex'> {
  readonly probabilities: readonly number[];
}

function callOf({ probabilities, ...rest }: Likely) {
  const example: CrossEntropyExample = exactly({ ...rest, target: [] });
  const { shape, dtype } = example;
  const t = probabilities.map((v) => round(v, dtype));
  return {
    expected: crossEntropy({ ...example, probabilities: t }),
    input: shaped(example.x, shape, dtype),
    target: { probabilities: shaped(t, shape, dtype) },
    options: omit(optionsOf(example), 'ignoreIndex'),
    example,
  };
}

export const forward: Operation<Likely> = {
  op: 'crossEntropy',
  kernel: 'softCrossEntropy',
  async judge(trial, likely, where) {
    const { expected, input, target, options, example } = callOf(likely);
    const y = await trial.softmax.crossEntropy(input, target, options);
    return judge(await read(y, example.dtype, expected.loss.shape), expected.loss, trial, where);
  },
};

export const backward: Operation<Likely> = {
  op: 'crossEntropyGrad',
  kernel: 'softCrossEntropyGrad',
  async judge(trial, likely, where) {
    const { expected, input, target, options, example } = callOf(likely);
    const { dtype, shape, dy } = example;
    const given = dy === undefined ? options : { ...options, dy };
    const got = await trial.softmax.crossEntropyGrad(input, target, given);
    return worst([
      judge(await read(got.loss, dtype, expected.loss.shape), expected.loss, trial, `the loss of ${where}`),
      judge(await read(got.dx, dtype, shape), expected.dx, trial, `dx of ${where}`),
      judge(await read(got.dt, dtype, shape), expected.dt, trial, `dt of ${where}`),
    ]);
  },
};
