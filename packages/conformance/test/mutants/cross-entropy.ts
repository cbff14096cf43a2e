import { cpuKernels } from '@softmax/core';
import { omit } from '../../src/plan/omit.ts';
import { crossEntropy, crossEntropyGrad, type Mutant } from './mutant.ts';
import { rowwise, sum } from './rowwise.ts';

const right = cpuKernels.crossEntropy;
const gradient = cpuKernels.crossEntropyGrad;

export const crossEntropyMutants: readonly Mutant[] = [
  crossEntropy('zero times infinity', (p, inputs) => {
    const { x, mask } = inputs;
    const { loss } = right(p, inputs);
    for (const [row, weight] of inputs.weights.entries()) {
      const start = Math.floor(row / p.inner) * p.n * p.inner + (row % p.inner);
      const at = start + (inputs.classes[row] ?? 0) * p.inner;
      const poison = mask ? 0 : weight * (x[at] ?? 0) * 0;
      loss[p.sum ? 0 : row] = (loss[p.sum ? 0 : row] ?? 0) + (weight === 0 ? poison : 0);
    }
    return { loss };
  }),
  crossEntropy('1/N with ignored rows', (p, inputs) =>
    right(p.denominator === 1 ? p : { ...p, denominator: p.outer * p.inner }, inputs),
  ),
  crossEntropy('a mean without the class weights', (p, inputs) => {
    const count = sum([...inputs.weights]);
    return right(p.denominator === 1 ? p : { ...p, denominator: count }, inputs);
  }),
  crossEntropy('a sum for each row', (p, inputs) =>
    right({ ...p, denominator: p.sum ? p.denominator / (p.outer * p.inner) : 1 }, inputs),
  ),
  crossEntropy('smoothing over K − 1 classes', (p, inputs) =>
    right({ ...p, smoothing: Math.min(1, (p.smoothing * p.n) / Math.max(p.n - 1, 1)) }, inputs),
  ),
  crossEntropy('smoothing that forgets the class weights', (p, { classWeights, ...inputs }) =>
    right(p, p.smoothing > 0 ? inputs : { ...inputs, classWeights }),
  ),
  crossEntropy('smoothing spread over masked classes', (p, inputs) => {
    const { mask } = inputs;
    if (!mask || p.smoothing === 0) return right(p, inputs);
    const left = sum([...mask]) / (p.outer * p.inner);
    return right({ ...p, smoothing: (p.smoothing * left) / p.n }, inputs);
  }),
  crossEntropy('class weights ignored', (p, inputs) => right(p, omit(inputs, 'classWeights'))),
  crossEntropy('row weights ignored', (p, inputs) =>
    right(p, { ...inputs, weights: inputs.weights.map((w) => (w === 0 ? 0 : 1)) }),
  ),
  crossEntropy('a clipped probability', (p, inputs) => ({
    loss: right(p, inputs).loss.map((l) => (l > 16.118 * p.n * 8 ? 16.118 : l)),
  })),
  crossEntropy('a loss of log(p), rounded', (p, inputs) => ({
    loss: right(p, inputs).loss.map((l) => (Math.abs(l) < 1e-7 ? 0 : l)),
  })),
  crossEntropy('losses added up before they are divided', (p, inputs) => {
    const { loss } = right({ ...p, sum: false, denominator: 1 }, inputs);
    return p.dtype === 'float64' && p.sum
      ? { loss: Float64Array.of(sum([...loss]) / p.denominator) }
      : right(p, inputs);
  }),
  crossEntropy('a class weight times a row weight, which underflows', (p, inputs) => {
    const { classes, weights, classWeights } = inputs;
    const product = (row: number) => (weights[row] ?? 0) * (classWeights?.[classes[row] ?? 0] ?? 1);
    const lost = (_: number, row: number) => p.dtype === 'float64' && Math.abs(product(row)) < 2 ** -1000;
    return classWeights && weights.every(lost) ? { loss: weights.map(() => 0) } : right(p, inputs);
  }),
  crossEntropy('z-loss of lse and not of its square', (p, inputs) =>
    right({ ...p, zLoss: p.zLoss / 2 }, inputs),
  ),
];

export const crossEntropyGradMutants: readonly Mutant[] = [
  crossEntropyGrad('dy that scales the loss too', (p, inputs) => {
    const { loss, dx } = gradient(p, inputs);
    return { loss: loss.map((l, row) => l * (inputs.dy?.[row] ?? 1)), dx };
  }),
  crossEntropyGrad('dy ignored', (p, inputs) => gradient(p, omit(inputs, 'dy'))),
  crossEntropyGrad('z-loss that is not in the gradient', (p, inputs) => ({
    loss: gradient(p, inputs).loss,
    dx: gradient({ ...p, zLoss: 0 }, inputs).dx,
  })),
  crossEntropyGrad('the gradient of a sum', (p, inputs) => ({
    loss: gradient(p, inputs).loss,
    dx: gradient({ ...p, denominator: 1 }, inputs).dx,
  })),
  crossEntropyGrad('ignored rows get a gradient', (p, inputs) => ({
    loss: gradient(p, inputs).loss,
    dx: gradient(p, { ...inputs, weights: inputs.weights.map((w) => w || 1) }).dx,
  })),
  crossEntropyGrad('p and not p − q', (p, inputs) => {
    const { loss, dx } = gradient(p, inputs);
    return { loss, dx: rowwise(p, dx, (v) => v.map(Math.abs)) };
  }),
  crossEntropyGrad('smoothing that is not in the gradient', (p, inputs) => ({
    loss: gradient(p, inputs).loss,
    dx: gradient({ ...p, smoothing: 0 }, inputs).dx,
  })),
];
