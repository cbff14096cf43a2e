import { cpuKernels, type Host, type Kernel, type OpName } from '@softmax/core';
import { omit } from '../../src/plan/omit.ts';
import type { Mutant } from './mutant.ts';

type Name = 'Loss' | 'LossGrad' | 'Softmax' | 'SoftmaxGrad' | 'TopK' | 'Sample';
type K<N extends Name> = Kernel<`hierarchical${N}`, Host, 'sync'>;

const OPS: { readonly [N in Name]: readonly OpName[] } = {
  Loss: ['hierarchicalLoss', 'hierarchicalLogProb'],
  LossGrad: ['hierarchicalLossGrad', 'hierarchicalLogProbGrad'],
  Softmax: ['hierarchicalSoftmax'],
  SoftmaxGrad: ['hierarchicalSoftmaxGrad'],
  TopK: ['hierarchicalTopK'],
  Sample: ['hierarchicalSample'],
};

const mutant = <N extends Name>(of: N, name: string, kernel: K<N>): Mutant => ({
  name,
  ops: OPS[of],
  kernels: { [`hierarchical${of}`]: kernel },
});

const { hierarchicalLoss: loss, hierarchicalLossGrad: lossGrad } = cpuKernels;
const { hierarchicalSoftmax: softmax, hierarchicalSoftmaxGrad: softmaxGrad } = cpuKernels;
const { hierarchicalTopK: topK, hierarchicalSample: sample } = cpuKernels;

export const hierarchicalMutants: readonly Mutant[] = [
  mutant('Loss', 'log σ from a table that ends', (p, inputs) => ({
    loss: loss(p, inputs).loss.map((l) => (Math.abs(l) < 1e-9 ? 0 : l)),
  })),
  mutant('Loss', 'log σ clipped at 600', (p, inputs) => ({
    loss: loss(p, inputs).loss.map((l) => Math.sign(l) * Math.min(Math.abs(l), 600)),
  })),
  mutant('Loss', 'a row of weight 0 is multiplied', (p, inputs) => {
    const out = loss(p, inputs);
    const poison = Array.from(inputs.weights).reduce(
      (sum, w, row) => sum + (w === 0 ? 0 * (inputs.h[row * p.n] ?? 0) : 0),
      0,
    );
    return { loss: out.loss.map((l) => l + poison) };
  }),
  mutant('Loss', 'the other child of two', (p, inputs) =>
    loss(p, {
      ...inputs,
      h: inputs.h.map((v) => -v),
      ...(inputs.bias ? { bias: inputs.bias.map((v) => -v) } : {}),
    }),
  ),
  mutant('LossGrad', 'the last token of a shared row wins', (p, inputs) => {
    const last = inputs.weights.findLastIndex((w) => w !== 0);
    const alone = lossGrad(p, { ...inputs, weights: inputs.weights.map((w, row) => (row === last ? w : 0)) });
    return { ...lossGrad(p, inputs), dweight: alone.dweight };
  }),
  mutant('LossGrad', 'rows in the order of the paths', (p, inputs) => {
    const out = lossGrad(p, inputs);
    return { ...out, rows: out.rows.slice().reverse() };
  }),
  mutant('LossGrad', 'a bias without a gradient', (p, inputs) => {
    const out = lossGrad(p, inputs);
    return { ...out, dbias: out.dbias.map(() => 0) };
  }),
  mutant('LossGrad', 'dy ignored', (p, inputs) => lossGrad(p, omit(inputs, 'dy'))),
  mutant('Softmax', 'the bias ignored', (p, inputs) => softmax(p, omit(inputs, 'bias'))),
  mutant('Softmax', 'the logarithm of a rounded product', (p, inputs) => ({
    y: p.log ? softmax({ ...p, log: false }, inputs).y.map((v) => Math.log(v)) : softmax(p, inputs).y,
  })),
  mutant('SoftmaxGrad', 'log ignored', (p, inputs) => softmaxGrad({ ...p, log: false }, inputs)),
  mutant('SoftmaxGrad', 'a cotangent of the last row alone', (p, inputs) => {
    const start = (p.outer - 1) * p.leaves;
    const alone = softmaxGrad(p, { ...inputs, dy: inputs.dy.map((v, k) => (k < start ? 0 : v)) });
    return { ...softmaxGrad(p, inputs), dweight: alone.dweight };
  }),
  mutant('TopK', 'equals by their place in the tree', (p, inputs) => {
    const { classes, logProbs } = topK(p, inputs);
    const swapped = classes.map((c, k) =>
      k % p.k === 0 && logProbs[k] === logProbs[k + 1] ? (classes[k + 1] ?? c) : c,
    );
    return { classes: swapped, logProbs };
  }),
  mutant('TopK', 'class 0 for a NaN', (p, inputs) => {
    const { classes, logProbs } = topK(p, inputs);
    return { classes: classes.map((c) => Math.max(c, 0)), logProbs };
  }),
  mutant('Sample', 'one noise for every row', (p, inputs) =>
    sample(p, { ...inputs, noise: inputs.noise.map((_, k) => inputs.noise[k % p.depth] ?? 0) }),
  ),
  mutant('Sample', 'noise that is exceeded from above', (p, inputs) =>
    sample(p, { ...inputs, noise: inputs.noise.map((u) => Math.min(1 - u, 1 - 2 ** -24)) }),
  ),
];
