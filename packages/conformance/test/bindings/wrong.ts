import { type Backend, cpu, cpuKernels, type Host } from '@softmax/core';

/** Its log-sum-exp forgets the maximum; it has neither float16 nor float64. */
export const wrong = (): Backend<Host, 'sync'> => ({
  ...cpu(),
  name: 'wrong',
  dtypes: ['float32'],
  kernels: {
    logSumExp: (problem, inputs) => {
      const y = cpuKernels.logSumExp(problem, inputs).y.map((v) => v / 2);
      return { y };
    },
  },
});

export const OPTIONS = { quick: true, ops: ['logSumExp'], categories: ['accuracy'] } as const;
