import { refuses } from '../../judge/refusal.ts';
import type { Chances } from '../../operations/divergence.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import { type Case, needs } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { inputs } from '../contract/inputs.ts';
import { type Shaping, severalAxes, singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';

const chances = ({ x, ...rest }: Shaping): Chances => ({
  ...rest,
  p: x.map((_, k) => ((k * 37) % 101) / 101),
  q: x.map((_, k) => (((k + 5) * 53) % 97) / 97 + 0.01),
});
const square = [
  [0.5, 0.5],
  [1, 0],
];

export const contract = (operation: Operation<Chances>): readonly Case[] => {
  const { op } = operation;
  const shared = [...inputs(op), ...buffers(op), ...wrongCalls(op)];
  return [
    caseOf(operation, {
      category: 'contract',
      name: 'every-axis',
      mistake: 'the wrong axis or stride',
      examples: singleAxes.map(chances),
    }),
    caseOf(operation, {
      category: 'contract',
      name: 'several-axes',
      mistake: 'axes that are not neighbours, taken as if they were',
      examples: severalAxes.map(chances),
    }),
    caseOf(operation, {
      category: 'contract',
      name: 'kept-axes',
      mistake: 'keepDims that drops an axis, or that keeps it long',
      examples: [...singleAxes, ...severalAxes].map((each) => ({ ...chances(each), keepDims: true })),
    }),
    ...shared,
    {
      category: 'contract',
      op,
      name: 'wrong-shapes',
      mistake: 'q or dy of another shape, read at the wrong places',
      needs: { ...needs(op), kernels: [], dtypes: [] },
      async run(trial) {
        const { softmax } = trial;
        for (const other of [[0.5, 0.5], [square, square], 0.5, [[1, 0]]]) {
          const where = JSON.stringify(other);
          if (op === 'klDivergence')
            await refuses(trial, 'INVALID_SHAPE', () => softmax.klDivergence(square, other), where);
          if (op === 'klDivergenceGrad')
            await refuses(
              trial,
              'INVALID_SHAPE',
              () => softmax.klDivergenceGrad(square, other, [1, 1]),
              where,
            );
        }
        for (const dy of [1, [1], [1, 1, 1], [[1, 1]]]) {
          const where = `dy ${JSON.stringify(dy)}`;
          if (op === 'klDivergenceGrad')
            await refuses(trial, 'INVALID_SHAPE', () => softmax.klDivergenceGrad(square, square, dy), where);
          if (op === 'entropyGrad')
            await refuses(trial, 'INVALID_SHAPE', () => softmax.entropyGrad(square, dy), where);
        }
        return undefined;
      },
    },
  ];
};
