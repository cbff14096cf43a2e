import { cpuKernels, type Host, type Kernel, type OpName } from '@softmax/core';
import { omit } from '../../src/plan/omit.ts';
import type { Mutant } from './mutant.ts';

type Name = 'Loss' | 'LossGrad' | 'Softmax' | 'SoftmaxGrad';
type K<N extends Name> = Kernel<`adaptive${N}`, Host, 'sync'>;

const OPS: { readonly [N in Name]: readonly OpName[] } = {
  Loss: ['adaptiveLoss', 'adaptiveLogProb'],
  LossGrad: ['adaptiveLossGrad', 'adaptiveLogProbGrad'],
  Softmax: ['adaptiveSoftmax'],
  SoftmaxGrad: ['adaptiveSoftmaxGrad'],
};

const mutant = <N extends Name>(of: N, name: string, kernel: K<N>): Mutant => ({
  name,
  ops: OPS[of],
  kernels: { [`adaptive${of}`]: kernel },
});

const { adaptiveLoss: loss, adaptiveLossGrad: lossGrad } = cpuKernels;
const { adaptiveSoftmax: softmax, adaptiveSoftmaxGrad: softmaxGrad } = cpuKernels;

export const adaptiveMutants: readonly Mutant[] = [
  mutant('Loss', 'the first class of a tail for every class of it', (p, inputs) =>
    loss(p, { ...inputs, classes: inputs.classes.map((c, row) => ((inputs.parts[row] ?? -1) < 0 ? c : 0)) }),
  ),
  mutant('Loss', 'the bias of the head ignored', (p, inputs) => loss(p, omit(inputs, 'headBias'))),
  mutant('LossGrad', 'a head that its tails do not train', (p, inputs) => {
    const weights = inputs.weights.map((w, row) => ((inputs.parts[row] ?? -1) < 0 ? w : 0));
    return { ...lossGrad(p, inputs), dhead: lossGrad(p, { ...inputs, weights }).dhead };
  }),
  mutant('LossGrad', 'the gradient of a sum', (p, inputs) => ({
    ...lossGrad(p, inputs),
    dh: lossGrad({ ...p, denominator: 1 }, inputs).dh,
  })),
  mutant('Softmax', 'the logarithm of a rounded product', (p, inputs) => ({
    y: p.log ? softmax({ ...p, log: false }, inputs).y.map((v) => Math.log(v)) : softmax(p, inputs).y,
  })),
  mutant('SoftmaxGrad', 'log ignored', (p, inputs) => softmaxGrad({ ...p, log: false }, inputs)),
];
