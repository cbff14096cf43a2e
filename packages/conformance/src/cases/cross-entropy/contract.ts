import { refuses } from '../../judge/refusal.ts';
import type { Labelled } from '../../operations/cross-entropy.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { inputs } from '../contract/inputs.ts';
import { classAxes, labelled, TWO_ROWS } from '../contract/labelled.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';

const none = { kernels: [], dtypes: [] };

export const contract = (operation: Operation<Labelled>): readonly Case[] => {
  const { op } = operation;
  if (op !== 'crossEntropy' && op !== 'crossEntropyGrad' && op !== 'nllLoss' && op !== 'nllLossGrad')
    return [];
  return [
    caseOf(operation, {
      category: 'contract',
      name: 'every-class-axis',
      mistake: 'classes that must be along axis 1, or the last',
      examples: classAxes({ labelSmoothing: 0.1 }),
    }),
    ...labelled(op),
    {
      category: 'contract',
      op,
      name: 'empty-mean-throws',
      mistake: 'a mean of nothing that passes where an error was asked for',
      needs: none,
      async run(trial) {
        const emptyMean = 'throw';
        await refuses(
          trial,
          'EMPTY',
          () => trial.softmax[op](TWO_ROWS, [-100, -100], { emptyMean }),
          'all ignored',
        );
        await refuses(
          trial,
          'EMPTY',
          () => trial.softmax[op](TWO_ROWS, [0, 0], { emptyMean, weight: [0, 1, 1] }),
          'weights of 0',
        );
        await refuses(
          trial,
          'EMPTY',
          () => trial.softmax[op]({ data: [], shape: [0, 3] }, [], { emptyMean }),
          'no rows',
        );
        return undefined;
      },
    },
    ...inputs(op),
    ...buffers(op),
    ...wrongCalls(op),
  ];
};
