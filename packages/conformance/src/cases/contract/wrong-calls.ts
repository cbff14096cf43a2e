import type { ErrorCode, Input } from '@softmax/core';
import { OPERATIONS, type OpName } from '@softmax/core/operations';
import { refuses } from '../../judge/refusal.ts';
import { isLoss, takes } from '../../operations/described.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { callOf } from './call.ts';
import { isSparseLoss } from './shapes.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const X: Input = [
  [1, 2],
  [3, 4],
];

interface Wrong {
  readonly name: string;
  readonly mistake: string;
  /** Each of the values, what it breaks, and the code that says so. */
  readonly calls: readonly (readonly [ErrorCode, object | undefined, unknown?])[];
}

const options = (code: ErrorCode, name: string, values: readonly unknown[]): Wrong['calls'] =>
  values.map((value) => [code, { [name]: value }] as const);
const inputs = (code: ErrorCode, values: readonly unknown[]): Wrong['calls'] =>
  values.map((value) => [code, undefined, value] as const);

const EVERYWHERE: readonly Wrong[] = [
  {
    name: 'wrong-axis',
    mistake: 'an axis that does not exist, silently taken for another',
    calls: options('INVALID_AXIS', 'axis', [
      2,
      -3,
      0.5,
      nan,
      inf,
      '0',
      true,
      {},
      [0, 0],
      [0, -2],
      [2],
      ['0'],
    ]),
  },
  {
    name: 'misspelt-option',
    mistake: 'an option that is silently without effect',
    calls: [
      ['INVALID_OPTION', { axes: 0 }],
      ['INVALID_OPTION', { Mask: [true, false] }],
    ],
  },
  {
    name: 'wrong-mask',
    mistake: 'a mask of another shape, read at the wrong places',
    calls: options('INVALID_SHAPE', 'mask', [
      [true, false, true],
      [[true, false, true]],
      [[[true]], [[true]]],
    ]),
  },
  {
    name: 'wrong-input',
    mistake: 'something without numbers that becomes NaN',
    calls: [
      ...inputs('INVALID_INPUT', [
        '1',
        null,
        undefined,
        {},
        () => 0,
        ['a', 'b'],
        [null],
        new DataView(new ArrayBuffer(8)),
      ]),
      ...inputs('INVALID_SHAPE', [
        [[1, 2], [3]],
        [[1], 2],
        { data: [1, 2], shape: [3] },
        { data: [1], shape: [-1] },
      ]),
      ...inputs('INVALID_SHAPE', [
        { data: [1, 2], shape: [0.5, 4] },
        { data: [1, 2], shape: '2' },
      ]),
      ...inputs('INVALID_DTYPE', [Uint16Array.of(1, 2)]),
    ],
  },
];

const DISTRIBUTION: readonly Wrong[] = [
  {
    name: 'wrong-temperature',
    mistake: 'a temperature below 0 that turns the order around',
    calls: [
      ...options('INVALID_OPTION', 'temperature', [-1, -1e-300, nan, -inf, [1, -1], [nan, 1]]),
      ...options('INVALID_SHAPE', 'temperature', [[1], [1, 1, 1], [[1, 1]]]),
    ],
  },
  {
    name: 'wrong-sink',
    mistake: 'a sink that swallows every row',
    calls: [
      ...options('INVALID_OPTION', 'sink', [inf, nan, [0, inf]]),
      ...options('INVALID_SHAPE', 'sink', [[1, 1, 1]]),
    ],
  },
  {
    name: 'wrong-softcap',
    mistake: 'a cap of 0, which divides by it',
    calls: options('INVALID_OPTION', 'softcap', [0, -1, nan, inf, '5']),
  },
  {
    name: 'wrong-empty-row',
    mistake: 'a word that means nothing, taken for the default',
    calls: options('INVALID_OPTION', 'emptyRow', ['none', 0, 'NaN', true]),
  },
];

const LOSS: readonly Wrong[] = [
  {
    name: 'several-class-axes',
    mistake: 'classes along more than one axis',
    calls: options('INVALID_AXIS', 'axis', [[0], [0, 1], null]),
  },
  {
    name: 'wrong-numbers',
    mistake: 'smoothing outside of [0, 1] accepted (tfjs), negative weights and denominators',
    calls: [
      ...options('INVALID_OPTION', 'labelSmoothing', [-0.1, 1.1, nan, '0.1']),
      ...options('INVALID_OPTION', 'zLoss', [-1, nan, inf]),
      ...options('INVALID_OPTION', 'denominator', [0, -1, nan, inf]),
      ...options('INVALID_OPTION', 'ignoreIndex', [0.5, nan]),
      ...options('INVALID_OPTION', 'weight', [
        [1, -1],
        [nan, 1],
        [inf, 1],
      ]),
      ...options('INVALID_OPTION', 'tokenWeight', [
        [1, -1],
        [nan, 1],
        [inf, 1],
      ]),
      ...options('INVALID_SHAPE', 'weight', [[1], [1, 1, 1], [[1, 1]]]),
      ...options('INVALID_SHAPE', 'tokenWeight', [[1], [1, 1, 1]]),
    ],
  },
  {
    name: 'wrong-words',
    mistake: 'a reduction that means nothing, taken for the default',
    calls: [
      ...options('INVALID_OPTION', 'reduction', ['average', 'Mean', 0]),
      ...options('INVALID_OPTION', 'emptyMean', ['inf', 0]),
      // Without effect, were they not refused.
      ['INVALID_OPTION', { reduction: 'sum', denominator: 7 }],
      ['INVALID_OPTION', { reduction: 'none', emptyMean: 'nan' }],
    ],
  },
];

const made = (op: OpName, { name, mistake, calls }: Wrong): Case => ({
  category: 'contract',
  op,
  name,
  mistake,
  // What is wrong is seen before any kernel is looked for.
  needs: { kernels: [], dtypes: [] },
  async run(trial: Trial) {
    for (const [code, given, x = given ? X : undefined] of calls)
      await refuses(trial, code, () => callOf(op)(trial.softmax, x as Input, given), describe(given, x));
    return undefined;
  },
});

const describe = (given: object | undefined, x: unknown): string =>
  given
    ? JSON.stringify(given, (_, value: unknown) => (typeof value === 'number' ? String(value) : value))
    : `x = ${String(x)}`;

const list = (op: OpName): readonly Wrong[] => {
  if (OPERATIONS[op].options.length === 0) return EVERYWHERE.filter(({ name }) => name === 'wrong-input');
  if (!takes(op, 'mask')) return EVERYWHERE.filter(({ name }) => name !== 'wrong-mask');
  if (takes(op, 'sink')) return [...EVERYWHERE, ...DISTRIBUTION];
  if (isSparseLoss(op)) return [...EVERYWHERE, ...LOSS.filter(({ name }) => name !== 'wrong-numbers')];
  return isLoss(op) ? [...EVERYWHERE, ...LOSS] : EVERYWHERE;
};

export const wrongCalls = (op: OpName): readonly Case[] => list(op).map((wrong) => made(op, wrong));
