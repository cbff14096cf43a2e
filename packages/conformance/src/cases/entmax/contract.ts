import { refuses } from '../../judge/refusal.ts';
import { takes } from '../../operations/described.ts';
import { type Backward, backward, type Forward, forward } from '../../operations/entmax.ts';
import { caseOf } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { buffers } from '../contract/buffers.ts';
import { inputs } from '../contract/inputs.ts';
import { severalAxes, singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';
import { withCotangent } from '../distribution/places.ts';
import { each, inf, named } from './alphas.ts';

const EVERY = { category: 'contract', mistake: 'the wrong axis or stride' } as const;
const SEVERAL = {
  category: 'contract',
  mistake: 'axes that are not neighbours, taken as if they were',
} as const;
const X = [
  [1, 2],
  [3, 4],
];

/** Every α that has a kernel of its own. */
const KERNELS = [1, 1.5, 1.25, 2, 3, inf];

export const contract = (op: Forward): readonly Case[] => [
  ...each(op, KERNELS, (alpha) => [
    caseOf(forward(op, alpha), { ...EVERY, name: named(op, 'every-axis', alpha), examples: singleAxes }),
    caseOf(forward(op, alpha), { ...SEVERAL, name: named(op, 'several-axes', alpha), examples: severalAxes }),
  ]),
  ...shared(op),
];

export const contractGrad = (op: Backward): readonly Case[] => [
  ...each(op, KERNELS, (alpha) => [
    caseOf(backward(op, alpha), {
      ...EVERY,
      name: named(op, 'every-axis', alpha),
      examples: (trial) => withCotangent(trial, singleAxes),
    }),
    caseOf(backward(op, alpha), {
      ...SEVERAL,
      name: named(op, 'several-axes', alpha),
      examples: (trial) => withCotangent(trial, severalAxes),
    }),
  ]),
  ...shared(op),
];

const shared = (op: Forward | Backward): readonly Case[] => [
  ...inputs(op),
  ...buffers(op),
  ...wrongCalls(op),
  wrongOptions(op),
];

const wrongOptions = (op: Forward | Backward): Case => ({
  category: 'contract',
  op,
  name: 'wrong-options',
  mistake: 'an α below 1, or an option of softmax, taken without a word',
  needs: { kernels: [], dtypes: [] },
  async run(trial) {
    const call = (options: object) =>
      op === 'sparsemaxGrad' || op === 'entmaxGrad'
        ? trial.softmax[op](X, X, options)
        : trial.softmax[op](X, options);
    const wrong: readonly object[] = [
      ...[0.999, 0, -1, -inf, Number.NaN, '2', true].map((alpha) => ({ alpha })),
      { temperature: 1 },
      { sink: 0 },
      { softcap: 1 },
      { emptyRow: 'zero' },
      { keepDims: true },
    ];
    for (const options of wrong)
      await refuses(trial, 'INVALID_OPTION', () => call(options), Object.entries(options).join());
    if (!takes(op, 'alpha'))
      await refuses(trial, 'INVALID_OPTION', () => call({ alpha: 2 }), `an α for ${op}`);
    if (op === 'sparsemaxGrad' || op === 'entmaxGrad')
      await refuses(trial, 'INVALID_SHAPE', () => trial.softmax[op](X, [1, 2, 3, 4]), 'dy of another shape');
    return undefined;
  },
});
