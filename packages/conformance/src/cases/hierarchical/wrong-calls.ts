import type { ErrorCode, Input } from '@softmax/core';
import { must } from '../../judge/outputs.ts';
import { refuses } from '../../judge/refusal.ts';
import { isGradient, takes } from '../../operations/described.ts';
import type { Case } from '../../plan/case.ts';
import { askOf, type ClusterOp, type Given, of, type TreeOp } from './asks.ts';

type Op = TreeOp | ClusterOp;
type Wrong = readonly [name: string, mistake: string, calls: readonly (readonly [ErrorCode, Given])[]];

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
/** What the compiler would not let pass. */
const junk = (value: unknown): Input => value as Input;
const option = (code: ErrorCode, name: string, values: readonly unknown[]): Wrong[2] =>
  values.map((value) => [code, { options: { [name]: value } }]);

const FEATURES: Wrong = [
  'wrong-features',
  'features without numbers, of width 0, or of another width than the weights',
  [
    ...['1', { shape: [2, 2] }, {}, ['a'], [null]].map((h) => ['INVALID_INPUT', { h: junk(h) }] as const),
    ['INVALID_SHAPE', { h: of([], 2, 0) }],
    ['INVALID_SHAPE', { h: of([1, 2, 3, 4, 5, 6], 2, 3) }],
    ['INVALID_SHAPE', { h: junk([[1, 2], [3]]) }],
  ],
];
const UNKNOWN: Wrong = [
  'misspelt-option',
  'an option that is silently without effect',
  [...option('INVALID_OPTION', 'axis', [0]), ...option('INVALID_OPTION', 'Bias', [[0, 0]])],
];
const TREE: readonly Wrong[] = [
  [
    'wrong-tree',
    'nested lists, or parents, taken for a tree that was checked',
    [{}, null, [[0, 1], 2], { parents: [-1] }].map((tree) => ['INVALID_INPUT', { tree: tree ?? 'null' }]),
  ],
  [
    'wrong-weights',
    'weights or biases of another tree, read at the wrong rows or past their end',
    [
      ['INVALID_SHAPE', { weight: of([1, 2], 1, 2) }],
      ['INVALID_SHAPE', { weight: of([1, 2, 3, 4, 5, 6], 3, 2) }],
      ['INVALID_SHAPE', { weight: of([1, 2, 3, 4], 4) }],
      ['INVALID_INPUT', { weight: junk('w') }],
      ...option('INVALID_SHAPE', 'bias', [[0], [0, 0, 0], [[0, 0]], 0]),
    ],
  ],
];
const pair = of([1, 2], 1, 2);
const CLUSTERS: readonly Wrong[] = [
  [
    'wrong-cutoffs',
    'cutoffs that do not ascend, or fewer or more than tails',
    [[], [0], [1, 2], [0.5], [-1], [nan], 1, undefined].map((cutoffs) => [
      'INVALID_OPTION',
      { parameters: { cutoffs } },
    ]),
  ],
  [
    'wrong-parameters',
    'a head without its tails, a tail of width 0, a weight that does not fit its projection',
    [
      { head: pair },
      { headBias: [1] },
      { headBias: [1, 2, 3] },
      { tails: [{ projection: of([], 0, 2), weight: of([], 2, 0) }] },
      { tails: [{ projection: of([1], 1, 1), weight: of([2, -1], 2, 1) }] },
      { tails: [{ projection: pair, weight: of([2, -1], 1, 2) }] },
      { tails: [{ projection: pair, weight: of([], 0, 1) }] },
    ].map((parameters) => ['INVALID_SHAPE', { parameters }]),
  ],
];
const TARGET: Wrong = [
  'wrong-target',
  'a class outside of the vocabulary, which would be read past the end of a tree',
  [
    ...[
      [0, 3],
      [0, -1],
      [0, 0.5],
      [0, nan],
      [0, 1e10],
      [0, inf],
    ].map((target) => ['INVALID_TARGET', { target }] as const),
    ...[[0], [0, 1, 2], [[0, 1]], 0].map((target) => ['INVALID_SHAPE', { target }] as const),
    ...option('INVALID_OPTION', 'ignoreIndex', [0.5, nan]),
  ],
];
const REDUCING: Wrong = [
  'wrong-reduction',
  'a word that means nothing, taken for the default; negative weights',
  [
    ...option('INVALID_OPTION', 'reduction', ['average', 'Mean', 0]),
    ...option('INVALID_OPTION', 'emptyMean', ['inf', 0]),
    ...option('INVALID_OPTION', 'denominator', [0, -1, nan, inf]),
    ...option('INVALID_OPTION', 'tokenWeight', [
      [1, -1],
      [nan, 1],
      [inf, 1],
    ]),
    ...option('INVALID_SHAPE', 'tokenWeight', [[1], [1, 1, 1]]),
    ['EMPTY', { target: [-100, -100], options: { emptyMean: 'throw' } }],
    ['INVALID_OPTION', { options: { reduction: 'sum', denominator: 7 } }],
    ['INVALID_OPTION', { options: { reduction: 'none', emptyMean: 'nan' } }],
  ],
];
const COTANGENT: Wrong = [
  'wrong-cotangent',
  'a cotangent of another shape',
  [of([1, 2], 2, 1), of([1, 2, 3, 4, 5, 6], 6), of([1, 2, 3, 4, 5, 6], 3, 2)].map((dy) => [
    'INVALID_SHAPE',
    { dy },
  ]),
];
const SEED: Wrong = [
  'wrong-seed',
  'a seed that is rounded, or none: two runs that differ',
  [
    ...option('INVALID_OPTION', 'seed', [0.5, nan, 2 ** 60, 'x']),
    ...option('INVALID_OPTION', 'stream', [-1, 2 ** 32, 0.5]),
  ],
];

function listOf(op: Op): readonly Wrong[] {
  const list: Wrong[] = [FEATURES, UNKNOWN, ...(takes(op, 'parameters') ? CLUSTERS : TREE)];
  if (takes(op, 'target')) list.push(TARGET);
  if (takes(op, 'reduction')) list.push(REDUCING);
  if (isGradient(op) && !takes(op, 'target')) list.push(COTANGENT);
  if (takes(op, 'seed')) list.push(SEED);
  return list;
}

export const wrongCalls = (op: Op): readonly Case[] =>
  listOf(op).map(([name, mistake, calls]) => ({
    category: 'contract',
    op,
    name,
    mistake,
    // What is wrong is seen before any kernel is looked for.
    needs: { kernels: [], dtypes: [] },
    async run(trial) {
      for (const [number, [code, given]] of calls.entries()) {
        const error = await refuses(
          trial,
          code,
          () => askOf(op)(trial.softmax, given),
          `call ${number} of ${name}`,
        );
        if (code === 'INVALID_TARGET') must(error.message.includes('target[1]'), 'the place is not named');
      }
      return undefined;
    },
  }));
