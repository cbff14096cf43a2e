import type { CrossEntropyOptions, OpName } from '@softmax/core';
import { decode } from '../judge/float.ts';
import { must, outputs } from '../judge/outputs.ts';
import { type Case, needs } from '../plan/case.ts';
import type { Answer, Known } from './known-answer.ts';
import { KNOWN_LOGARITHMS } from './known-logarithms.ts';

const inf = Number.POSITIVE_INFINITY;
const L = [
  [1, 2, 3],
  [1, 5, 0],
  [0.5, -0.25, 2],
];
const Y = [2, 1, -100];
const W = [1, 2, 3];
const TWO = L.slice(0, 2);
const loss =
  (options: CrossEntropyOptions, x = L, y = Y): Answer[0] =>
  (on) =>
    on.crossEntropy(x, y, options);

/** Numbers that other systems (PyTorch, SciPy, JAX) gave, or that follow by hand. */
const KNOWN: readonly Known[] = [
  [
    'softmax',
    'of-1000-1001-1002',
    'exp without a shift by the max',
    [
      [
        (on) => on.softmax([1000, 1001, 1002]),
        [0.09003057317038046, 0.24472847105479764, 0.6652409557748218],
      ],
      [
        (on) => on.softmax([-1000, -1001, -1002]),
        [0.6652409557748218, 0.24472847105479764, 0.09003057317038046],
      ],
      [(on) => on.softmax([0, Math.log(3)]), [0.25, 0.75]],
    ],
  ],
  [
    'softmax',
    'sink-0-is-off-by-one',
    'a literal 1 added after the shift by the max',
    [[(on) => on.softmax([1, 2, 3], { sink: 0 }), [0.08714431874, 0.23688281809, 0.64391425989], 1e-10]],
  ],
  [
    'softmaxGrad',
    'of-two',
    'dy that is not centred',
    [[(on) => on.softmaxGrad([0, 0], [1, 0]), [0.25, -0.25]]],
  ],
  ['softmin', 'of-two', 'the sign of x', [[(on) => on.softmin([0, Math.log(3)]), [0.75, 0.25]]]],
  [
    'softminGrad',
    'of-two',
    'the sign of the gradient',
    [[(on) => on.softminGrad([0, 0], [1, 0]), [-0.25, 0.25]]],
  ],
  [
    'logSoftmax',
    'one-max-for-each-row',
    'one max and one sum for a whole batch: the first row of [[0, 1], [1000, 1001]] then sums to 0',
    [
      [
        (on) =>
          on.logSoftmax([
            [0, 1],
            [1000, 1001],
          ]),
        [-1.3132616875182228, -0.31326168751822286, -1.3132616875182228, -0.31326168751822286],
      ],
      [(on) => on.logSoftmax([0, -20]), [-2.061153620314381e-9, -20.000000002061153]],
      [(on) => on.logSoftmax([0, -1000]), [-0, -1000]],
    ],
  ],
  [
    'logSoftmaxGrad',
    'of-two',
    'dy that is not centred',
    [[(on) => on.logSoftmaxGrad([0, 0], [1, 0]), [0.5, -0.5]]],
  ],
  [
    'logSumExp',
    'small-and-large',
    'log(Σ) where log1p is meant, or exp without a shift',
    [
      [(on) => on.logSumExp([1000, 1000]), [1000.6931471805599]],
      [(on) => on.logSumExp([1e-20, Math.log(1e-20)]), [2e-20], 1e-13],
      [(on) => on.logSumExp([-inf, -inf]), [-inf]],
      [(on) => on.logSumExp([inf, -inf, 1]), [inf]],
    ],
  ],
  ['logSumExpGrad', 'of-two', 'dy that is lost', [[(on) => on.logSumExpGrad([0, 0], 3), [1.5, 1.5]]]],
  [
    'crossEntropy',
    'of-pytorch',
    'weights, smoothing, ignored rows and their mean in another order',
    [
      [loss({ weight: W, labelSmoothing: 0.1 }), [0.399642748766603], 1e-14],
      [loss({ reduction: 'none' }, TWO, [2, 1]), [0.40760596, 0.02474493], 1e-6],
      [loss({ reduction: 'none', labelSmoothing: 0.1 }, TWO, [2, 1]), [0.50760596, 0.32474493], 1e-7],
      [loss({ reduction: 'none', weight: W }, TWO, [2, 1]), [1.2228179, 0.0494898], 1e-5],
      [loss({ weight: W }, TWO, [2, 1]), [0.2544616], 1e-6],
      [loss({ zLoss: 0.01 }, TWO, [2, 1]), [0.40047462539106715], 1e-14],
      [loss({}, [[100, 0]], [1]), [100]],
    ],
  ],
  [
    'crossEntropyGrad',
    'of-pytorch',
    'a gradient that is not divided by the weights of the kept rows, or that is clipped',
    [
      [
        (on) => on.crossEntropyGrad(L, Y, { weight: W, labelSmoothing: 0.1 }),
        [0.399642748766603, 0.045551065772, 0.128609179878, -0.174160245651],
        1e-11,
      ],
      [(on) => on.crossEntropyGrad([[100, 0]], [1]), [100, 1, -1]],
      [
        (on) => on.crossEntropyGrad([[0, -20]], [0]),
        [2.061153620314381e-9, -2.0611536181902037e-9, 2.0611536181902037e-9],
        1e-13,
      ],
    ],
  ],
];

/** The cases of an operation: every value, and the first values where only those are known. */
export const known = (op: OpName): readonly Case[] => answered(op, [...KNOWN, ...KNOWN_LOGARITHMS]);

export const answered = (op: OpName, list: readonly Known[]): readonly Case[] =>
  list
    .filter(([of]) => of === op)
    .map(([, name, mistake, answers, kernel]) => ({
      category: 'known',
      op,
      name,
      mistake,
      needs: needs(op, 'float64', kernel),
      async run({ softmax }) {
        for (const [number, [call, values, relative = 4e-16]] of answers.entries()) {
          const got = (await outputs(call(softmax))).flatMap(({ data, dtype }) => [...decode(data, dtype)]);
          for (const [k, value] of values.entries()) {
            const found = got[k] ?? Number.NaN;
            const fits =
              Object.is(found, value) ||
              found === value ||
              Math.abs(found - value) <= 2 * relative * Math.abs(value);
            must(fits, `answer ${number}, [${k}]: expected ${value}, got ${found}`);
          }
        }
        return undefined;
      },
    }));
