import { cpuKernels, type Host } from '@softmax/core';
import { crossEntropy, crossEntropyGrad, logSumExp, type Mutant, softmax } from './mutant.ts';

/** The byte behind an array, where there is one. */
const behind = ({ buffer, byteOffset, byteLength }: Host): Uint8Array =>
  new Uint8Array(buffer).subarray(byteOffset + byteLength, byteOffset + byteLength + 1);

/** What a kernel is lent beside its logits, written to or read too far. */
export const neighbourMutants: readonly Mutant[] = [
  softmax('a mask that is made of ones in place', (p, inputs) => {
    const result = cpuKernels.softmax(p, inputs);
    inputs.mask?.fill(1);
    return result;
  }),
  softmax('temperatures inverted in place', (p, inputs) => {
    const result = cpuKernels.softmax(p, inputs);
    for (const [k, t] of inputs.temperature?.entries() ?? [])
      if (inputs.temperature) inputs.temperature[k] = 1 / t;
    return result;
  }),
  logSumExp('a mask read one entry too far', (p, inputs) => {
    const { mask } = inputs;
    const next = mask && behind(mask)[0];
    const own = mask && next !== undefined && Uint8Array.from(mask).fill(Number(next > 0), mask.length - 1);
    return cpuKernels.logSumExp(p, own ? { ...inputs, mask: own } : inputs);
  }),
  crossEntropy('class weights written one too far', (p, inputs) => {
    if (inputs.classWeights) behind(inputs.classWeights).fill(7);
    return cpuKernels.crossEntropy(p, inputs);
  }),
  crossEntropyGrad('classes made offsets in place', (p, inputs) => {
    const result = cpuKernels.crossEntropyGrad(p, inputs);
    for (const k of inputs.classes.keys()) inputs.classes[k] = (inputs.classes[k] ?? 0) + k * p.n;
    return result;
  }),
  {
    name: 'noise that becomes the perturbed logits',
    ops: ['gumbelSoftmax'],
    kernels: {
      gumbelSoftmax: (p, inputs) => {
        const result = cpuKernels.gumbelSoftmax(p, inputs);
        for (const k of inputs.noise.keys()) inputs.noise[k] = (inputs.noise[k] ?? 0) + (inputs.x[k] ?? 0);
        return result;
      },
    },
  },
  {
    name: 'targets smoothed in place',
    ops: ['crossEntropy'],
    kernels: {
      softCrossEntropy: (p, inputs) => {
        const result = cpuKernels.softCrossEntropy(p, inputs);
        for (const k of inputs.target.keys())
          inputs.target[k] = (inputs.target[k] ?? 0) * (1 - p.smoothing) + p.smoothing / p.n;
        return result;
      },
    },
  },
  {
    name: 'weights of rows divided in place',
    ops: ['nllLoss'],
    kernels: {
      nllLoss: (p, inputs) => {
        const result = cpuKernels.nllLoss(p, inputs);
        for (const k of inputs.weights.keys()) inputs.weights[k] = (inputs.weights[k] ?? 0) / 3;
        return result;
      },
    },
  },
];
