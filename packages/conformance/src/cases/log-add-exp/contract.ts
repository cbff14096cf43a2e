import { refuses } from '../../judge/refusal.ts';
import type { Pairs } from '../../operations/log-add-exp.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { inputs } from '../contract/inputs.ts';
import { singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';

const PAIR = [
  [1, 2],
  [3, 4],
];

export const contract = (operation: Operation<Pairs>): readonly Case[] => {
  const { op } = operation;
  return [
    caseOf(operation, {
      category: 'contract',
      name: 'every-rank',
      mistake: 'a shape that is lost, or elements paired with others than their own',
      examples: singleAxes
        .filter(({ axis }) => axis === undefined)
        .map(({ x, shape, where }) => ({ a: x, b: x.toReversed().map((v) => v / 2), shape, where })),
    }),
    {
      category: 'contract',
      op,
      name: 'wrong-shapes',
      mistake: 'operands of two shapes, broadcast where nobody asked for it',
      needs: { kernels: [], dtypes: [] },
      async run(trial) {
        const { softmax } = trial;
        for (const other of [1, [1, 2], [[1, 2]], [[1], [2]], [PAIR], [[1, 2, 3, 4]]]) {
          const where = JSON.stringify(other);
          if (op === 'logAddExp')
            await refuses(trial, 'INVALID_SHAPE', () => softmax.logAddExp(PAIR, other), where);
          if (op !== 'logAddExpGrad') continue;
          await refuses(trial, 'INVALID_SHAPE', () => softmax.logAddExpGrad(PAIR, other, PAIR), where);
          await refuses(
            trial,
            'INVALID_SHAPE',
            () => softmax.logAddExpGrad(PAIR, PAIR, other),
            `dy ${where}`,
          );
        }
        return undefined;
      },
    },
    ...inputs(op),
    ...buffers(op),
    ...wrongCalls(op),
  ];
};
