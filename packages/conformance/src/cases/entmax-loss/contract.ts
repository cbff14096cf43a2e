import { refuses } from '../../judge/refusal.ts';
import { caseOf } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { inputs } from '../contract/inputs.ts';
import { classAxes, labelled, TWO_ROWS } from '../contract/labelled.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';
import { each, type Loss } from './alphas.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const none = { kernels: [], dtypes: [] };

export const contract = (op: Loss): readonly Case[] => [
  ...each(op, [1, 1.5, 2, 1.25], (operation, named) => [
    caseOf(operation, {
      category: 'contract',
      name: named('every-class-axis'),
      mistake: 'classes that must be along axis 1, or the last',
      examples: classAxes(),
    }),
  ]),
  wrongOptions(op),
  ...labelled(op),
  ...inputs(op),
  ...buffers(op),
  ...wrongCalls(op),
];

const wrongOptions = (op: Loss): Case => ({
  category: 'contract',
  op,
  name: 'wrong-options',
  mistake: 'an α without a loss, or an option or a target of cross-entropy that is without effect',
  needs: none,
  async run(trial) {
    const wrong: readonly object[] = [
      ...[0.999, 0, -1, nan, inf, '2'].map((alpha) => ({ alpha })),
      ...[0, -1, nan, inf].map((denominator) => ({ denominator })),
      ...[0.5, nan].map((ignoreIndex) => ({ ignoreIndex })),
      ...[-1, nan, inf].map((bad) => ({ tokenWeight: [1, bad] })),
      { weight: [1, 1, 1] },
      { labelSmoothing: 0.1 },
      { zLoss: 0.1 },
      { temperature: 1 },
    ];
    for (const options of wrong)
      await refuses(
        trial,
        'INVALID_OPTION',
        () => trial.softmax[op](TWO_ROWS, [0, 1], options),
        Object.entries(options).join(),
      );
    const tokenWeight = [1, 1, 1];
    await refuses(
      trial,
      'INVALID_SHAPE',
      () => trial.softmax[op](TWO_ROWS, [0, 1], { tokenWeight }),
      'three weights',
    );
    const probabilities = { probabilities: TWO_ROWS } as object as readonly number[];
    const call = () => trial.softmax[op](TWO_ROWS, probabilities);
    await refuses(trial, 'INVALID_TARGET', call, 'probabilities');
    return undefined;
  },
});
