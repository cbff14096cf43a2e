import type { Run } from '../../operations/log-cum-sum-exp.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { inputs } from '../contract/inputs.ts';
import { severalAxes, singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';

export const contract = (operation: Operation<Run>): readonly Case[] => [
  caseOf(operation, {
    category: 'contract',
    name: 'every-axis',
    mistake: 'the wrong axis or stride',
    examples: singleAxes,
  }),
  caseOf(operation, {
    category: 'contract',
    name: 'several-axes',
    mistake: 'several axes in another than row-major order, or results left where the axes were moved to',
    examples: severalAxes,
  }),
  ...inputs(operation.op),
  ...buffers(operation.op),
  ...wrongCalls(operation.op),
];
