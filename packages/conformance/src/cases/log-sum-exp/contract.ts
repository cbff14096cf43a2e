import type { Terms } from '../../operations/log-sum-exp.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { inputs } from '../contract/inputs.ts';
import { severalAxes, singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';

const EVERY = { category: 'contract', name: 'every-axis', mistake: 'the wrong axis or stride' } as const;
const SEVERAL = {
  category: 'contract',
  name: 'several-axes',
  mistake: 'axes that are not neighbours, taken as if they were',
} as const;
const KEPT = {
  category: 'contract',
  name: 'kept-axes',
  mistake: 'keepDims that drops an axis, or that keeps it long',
} as const;

export const contract = (operation: Operation<Terms>): readonly Case[] => [
  caseOf(operation, { ...EVERY, examples: singleAxes }),
  caseOf(operation, { ...SEVERAL, examples: severalAxes }),
  caseOf(operation, {
    ...KEPT,
    examples: [...singleAxes, ...severalAxes].map((each) => ({ ...each, keepDims: true })),
  }),
  ...inputs(operation.op),
  ...buffers(operation.op),
  ...wrongCalls(operation.op),
];
