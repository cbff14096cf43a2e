import type { Mode, Tensor } from '@softmax/core';
import { round } from '../judge/float.ts';
import { judge, type Measure, worst } from '../judge/judge.ts';
import {
  type AdaptiveGradients,
  adaptiveLoss,
  adaptiveSoftmax,
  adaptiveSoftmaxGrad,
} from '../oracle/adaptive.ts';
import type { Trial } from '../plan/case.ts';
import { read, shaped } from '../plan/trial.ts';
import { type Clusters, type ExactClusters, exactly, lossOptions, parametersOf } from './clusters.ts';
import type { Operation } from './operation.ts';

const featuresOf = ({ h, d, dtype }: ExactClusters) => shaped(h, [h.length / d, d], dtype);

/** Every gradient, and no other. */
async function gradients(
  got: object,
  expected: AdaptiveGradients['gradients'],
  trial: Trial,
  where: string,
): Promise<Measure[]> {
  const measures: Measure[] = [];
  const found = new Map(Object.entries(got) as [string, Tensor<Mode>][]);
  for (const [name, values] of Object.entries(expected)) {
    const tensor = found.get(name);
    if (!tensor) throw new Error(`${where}: no ${name}`);
    const { dtype, shape } = values;
    measures.push(judge(await read(tensor, dtype, shape), values, trial, `${name} of ${where}`));
  }
  return measures;
}

const logs = ({ log }: Clusters): readonly boolean[] => (log === undefined ? [false, true] : [log]);

export const softmax: Operation<Clusters> = {
  op: 'adaptiveSoftmax',
  async judge(trial, clusters, where) {
    const measures: Measure[] = [];
    for (const log of logs(clusters)) {
      const example = { ...exactly(clusters), log };
      const expected = adaptiveSoftmax(example);
      const y = await trial.softmax.adaptiveSoftmax(featuresOf(example), parametersOf(example), { log });
      const got = await read(y, example.dtype, expected.shape);
      measures.push(judge(got, expected, trial, `${where}, log ${log}`));
    }
    return worst(measures);
  },
};

export const softmaxGrad: Operation<Clusters> = {
  op: 'adaptiveSoftmaxGrad',
  async judge(trial, clusters, where) {
    const measures: Measure[] = [];
    for (const log of logs(clusters)) {
      const example = { ...exactly(clusters), log };
      const { dtype } = example;
      const { shape } = adaptiveSoftmax({ ...example, log: false });
      const size = shape.reduce((a, b) => a * b, 1);
      const some = Array.from({ length: size }, (_, k) => ((k * 7) % 11) / 4 - 1);
      const dy = (clusters.leaves ?? some).map((v) => round(v, dtype));
      const cotangent = shaped(dy, shape, dtype);
      const parameters = parametersOf(example);
      const got = await trial.softmax.adaptiveSoftmaxGrad(featuresOf(example), parameters, cotangent, {
        log,
      });
      const expected = adaptiveSoftmaxGrad(example, dy).gradients;
      measures.push(...(await gradients(got, expected, trial, `${where}, log ${log}`)));
    }
    return worst(measures);
  },
};

export const loss: Operation<Clusters> = {
  op: 'adaptiveLoss',
  async judge(trial, clusters, where) {
    const example = exactly(clusters);
    const expected = adaptiveLoss(example).loss;
    const parameters = parametersOf(example);
    const options = lossOptions(example);
    const y = await trial.softmax.adaptiveLoss(featuresOf(example), parameters, example.target, options);
    return judge(await read(y, example.dtype, expected.shape), expected, trial, where);
  },
};

export const lossGrad: Operation<Clusters> = {
  op: 'adaptiveLossGrad',
  async judge(trial, clusters, where) {
    const example = exactly(clusters);
    const { dtype, target, dy } = example;
    const expected = adaptiveLoss(example);
    const options = { ...lossOptions(example), ...(dy === undefined ? {} : { dy }) };
    const got = await trial.softmax.adaptiveLossGrad(
      featuresOf(example),
      parametersOf(example),
      target,
      options,
    );
    const found = await read(got.loss, dtype, expected.loss.shape);
    return worst([
      judge(found, expected.loss, trial, `the loss of ${where}`),
      ...(await gradients(got, expected.gradients, trial, where)),
    ]);
  },
};

/** A log-probability takes neither weights nor a reduction. */
const alone = (clusters: Clusters): ExactClusters => {
  const { tokenWeight: _, denominator: __, ...example } = exactly(clusters);
  return { ...example, reduction: 'none' };
};

export const logProb: Operation<Clusters> = {
  op: 'adaptiveLogProb',
  async judge(trial, clusters, where) {
    const example = alone(clusters);
    const { ignoreIndex = -100, dtype, target } = example;
    const expected = adaptiveLoss(example, -1).loss;
    const parameters = parametersOf(example);
    const y = await trial.softmax.adaptiveLogProb(featuresOf(example), parameters, target, { ignoreIndex });
    return judge(await read(y, dtype, expected.shape), expected, trial, where);
  },
};

export const logProbGrad: Operation<Clusters> = {
  op: 'adaptiveLogProbGrad',
  async judge(trial, clusters, where) {
    const example = alone(clusters);
    const { ignoreIndex = -100, target } = example;
    const dy = typeof example.dy === 'object' ? example.dy : target.map((_, k) => 1 - k / 2);
    const [h, parameters] = [featuresOf(example), parametersOf(example)];
    const got = await trial.softmax.adaptiveLogProbGrad(h, parameters, target, dy, { ignoreIndex });
    return worst(await gradients(got, adaptiveLoss({ ...example, dy }, -1).gradients, trial, where));
  },
};
