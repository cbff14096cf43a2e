import { expect, test } from 'vitest';
import { cpu, cpuKernels, createSoftmax } from '../src/index.ts';

test('results come in the order of the operation, whatever that of the kernel', () => {
  const crossEntropyGrad: typeof cpuKernels.crossEntropyGrad = (problem, inputs) => {
    const { loss, dx } = cpuKernels.crossEntropyGrad(problem, inputs);
    return { dx, loss };
  };
  const made = createSoftmax({ ...cpu(), kernels: { crossEntropyGrad } }).crossEntropyGrad([[0, 0]], [1]);
  expect(Object.keys(made)).toEqual(['loss', 'dx']);
  expect(made.dx.toArray()).toEqual([[0.5, -0.5]]);
});
