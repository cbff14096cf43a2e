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

test('an output that a kernel leaves out is an error, and no tensor without a buffer', () => {
  const crossEntropyGrad = ((problem, inputs) => {
    const { loss } = cpuKernels.crossEntropyGrad(problem, inputs);
    return { loss };
  }) as typeof cpuKernels.crossEntropyGrad;
  const sm = createSoftmax({ ...cpu(), kernels: { crossEntropyGrad } });
  const failed = expect.objectContaining({ code: 'BACKEND_FAILED', given: 'no output dx' });
  expect(() => sm.crossEntropyGrad([[0, 0]], [1])).toThrow(failed);
  const moved = { data: new Float64Array(8), shape: [2, 2, 2] };
  expect(() => sm.crossEntropyGrad(moved, [0, 0, 1, 1], { axis: 1 })).toThrow(failed);
});
