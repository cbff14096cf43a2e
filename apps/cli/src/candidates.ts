import { cpu } from '@softmax/core';
import { type Candidate, opened } from './candidate.ts';

/** Every backend that the command line knows, in the order of its tables. */
export const CANDIDATES: readonly Candidate[] = [
  { name: 'cpu', about: 'the reference: plain JavaScript, float64 inside', open: async () => opened(cpu()) },
];
