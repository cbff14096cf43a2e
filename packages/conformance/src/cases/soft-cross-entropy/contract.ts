import type { CrossEntropyOptions, ErrorCode, Probabilities } from '@softmax/core';
import { refuses } from '../../judge/refusal.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Likely } from '../../operations/soft-cross-entropy.ts';
import type { Case } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import type { AnyCall } from '../contract/call.ts';
import { singleAxes } from '../contract/shapes.ts';

const X = [
  [1, 2, 3],
  [4, 5, 6],
];
const SQUARE = [
  [0.25, 0.75],
  [1, 0],
];

const classAxes: readonly Likely[] = singleAxes.flatMap(({ axis = -1, ...each }) => {
  const probabilities = each.x.map((_, k) => ((k * 29) % 16) / 16);
  const likely = { ...each, axis: axis as number, probabilities };
  return [likely, { ...likely, reduction: 'none' as const, labelSmoothing: 0.1 }];
});

const WRONG: readonly (readonly [ErrorCode, unknown, CrossEntropyOptions?])[] = [
  ['INVALID_SHAPE', [1, 0, 0]],
  ['INVALID_SHAPE', [[1, 0, 0]]],
  [
    'INVALID_SHAPE',
    [
      [1, 0],
      [0, 1],
    ],
  ],
  ['INVALID_SHAPE', [[X]]],
  ['INVALID_INPUT', undefined],
  ['INVALID_INPUT', null],
  ['INVALID_INPUT', 'one'],
  ['INVALID_OPTION', X, { ignoreIndex: 0 }],
  ['INVALID_OPTION', X, { labelSmoothing: 2 }],
];

const form = (op: 'crossEntropy' | 'crossEntropyGrad'): AnyCall => {
  return (on, x, options, probabilities = SQUARE) =>
    on[op](x, { probabilities }, options as CrossEntropyOptions);
};

export const contract = (operation: Operation<Likely>): readonly Case[] => {
  const { op } = operation;
  if (op !== 'crossEntropy' && op !== 'crossEntropyGrad') return [];
  return [
    caseOf(operation, {
      category: 'contract',
      name: 'probabilities-along-every-axis',
      mistake: 'a target read along another axis than the logits',
      examples: classAxes,
    }),
    {
      category: 'contract',
      op,
      name: 'wrong-probabilities',
      mistake: 'a target of another shape, read at the wrong places; an option that has no meaning beside it',
      needs: { kernels: [], dtypes: [] },
      async run(trial) {
        for (const [code, probabilities, options] of WRONG) {
          const target = { probabilities } as Probabilities;
          const where = `${JSON.stringify(probabilities)} with ${JSON.stringify(options)}`;
          await refuses(trial, code, () => trial.softmax[op](X, target, options), where);
        }
        return undefined;
      },
    },
    ...buffers(op, {
      prefix: 'probabilities',
      kernel: op === 'crossEntropy' ? 'softCrossEntropy' : 'softCrossEntropyGrad',
      call: form(op),
    }),
  ];
};
