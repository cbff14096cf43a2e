import { cpu, cpuKernels, SoftmaxError } from '@softmax/core';
import { type Candidate, opened } from '../src/index.ts';

export const good: Candidate = { name: 'good', about: 'the reference', open: async () => opened(cpu()) };

/** Its softmax does nothing. */
export const broken: Candidate = {
  name: 'broken',
  about: 'a fault',
  open: async () =>
    opened({
      ...cpu(),
      name: 'broken',
      kernels: { ...cpuKernels, softmax: (_, { x }) => ({ y: x.slice() }) },
    }),
};

const rejecting = (name: string, error: Error): Candidate => ({
  name,
  about: 'not there',
  open: () => Promise.reject(error),
});

export const missing: Candidate = rejecting(
  'missing',
  new SoftmaxError('MISSING_RUNTIME', 'missing', 'no runtime', 'npm install runtime'),
);

export const dead: Candidate = rejecting('dead', new Error('the library is for another machine'));
