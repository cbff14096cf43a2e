import { type Case, needs } from '../../case.ts';
import { caseOf } from '../../operation.ts';
import type { Labelled } from '../../operations/cross-entropy.ts';
import { must, outputs, same } from '../../outputs.ts';
import { refuses } from '../../refusal.ts';
import { buffers } from '../contract/buffers.ts';
import { inputs } from '../contract/inputs.ts';
import { singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';
import { each, type Loss } from './alphas.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const none = { kernels: [], dtypes: [] };
const X = [
  [1, 2, 3],
  [4, 5, 6],
];

/** Classes along every axis: as many labels as there are rows, each another class than the one before. */
const classAxes: readonly Labelled[] = singleAxes.flatMap(({ axis = -1, ...shaping }) => {
  const n = shaping.shape.at(axis as number) ?? 1;
  const target = Array.from({ length: shaping.x.length / n }, (_, row) => row % n);
  const labelled = { ...shaping, axis: axis as number, target };
  return [labelled, { ...labelled, reduction: 'none' as const }];
});

export const contract = (op: Loss): readonly Case[] => [
  ...each(op, [1, 1.5, 2, 1.25], (operation, named) => [
    caseOf(operation, {
      category: 'contract',
      name: named('every-class-axis'),
      mistake: 'classes that must be along axis 1, or the last',
      examples: classAxes,
    }),
  ]),
  wrongTargets(op),
  wrongOptions(op),
  emptyMeans(op),
  labels(op),
  ...inputs(op),
  ...buffers(op),
  ...wrongCalls(op),
];

const wrongTargets = (op: Loss): Case => ({
  category: 'contract',
  op,
  name: 'wrong-target',
  mistake: 'a label outside of [0, C) accepted, a probability target taken for classes, or a masked target',
  needs: none,
  async run(trial) {
    for (const bad of [3, -1, 0.5, nan, 1e10, -101, inf]) {
      const call = () => trial.softmax[op](X, [0, bad]);
      const { message } = await refuses(trial, 'INVALID_TARGET', call, `target ${bad}`);
      must(message.includes('target[1]') && message.includes(String(bad)), `${message} names too little`);
    }
    for (const target of [[0], [0, 1, 2], [[0, 1]], 0])
      await refuses(trial, 'INVALID_SHAPE', () => trial.softmax[op](X, target), JSON.stringify(target));
    const probabilities = { probabilities: X } as object as readonly number[];
    await refuses(trial, 'INVALID_TARGET', () => trial.softmax[op](X, probabilities), 'probabilities');
    const mask = [true, false, true];
    await refuses(trial, 'INVALID_TARGET', () => trial.softmax[op](X, [0, 1], { mask }), 'a masked target');
    return undefined;
  },
});

const wrongOptions = (op: Loss): Case => ({
  category: 'contract',
  op,
  name: 'wrong-options',
  mistake: 'an α without a loss, or an option of cross-entropy that is without effect',
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
        () => trial.softmax[op](X, [0, 1], options),
        Object.entries(options).join(),
      );
    const tokenWeight = [1, 1, 1];
    await refuses(
      trial,
      'INVALID_SHAPE',
      () => trial.softmax[op](X, [0, 1], { tokenWeight }),
      'three weights',
    );
    return undefined;
  },
});

const emptyMeans = (op: Loss): Case => ({
  category: 'contract',
  op,
  name: 'empty-mean-and-size-0',
  mistake: 'a mean of nothing that is NaN: 0, unless NaN or an error was asked for',
  needs: needs(op),
  async run(trial) {
    const { softmax } = trial;
    const [x, nothing] = [
      { data: Float32Array.from(X.flat()), shape: [2, 3] },
      { data: new Float32Array(0), shape: [0, 3] },
    ];
    const loss = async (pending: unknown) => (await outputs(pending))[0]?.data[0];
    must((await loss(softmax[op](x, [-100, -100]))) === 0, 'all ignored: not 0');
    must((await loss(softmax[op](nothing, []))) === 0, 'an empty batch: not 0');
    const [rows] = await outputs(softmax[op](nothing, [], { reduction: 'none' }));
    must(`${rows?.shape}` === '0', 'the losses of an empty batch are not empty');
    const nan = await loss(softmax[op](x, [-100, -100], { emptyMean: 'nan' }));
    must(Number.isNaN(nan), "emptyMean: 'nan' is not NaN");
    const call = () => softmax[op](x, [-100, -100], { emptyMean: 'throw' });
    await refuses(trial, 'EMPTY', call, "emptyMean: 'throw'");
    return undefined;
  },
});

const labels = (op: Loss): Case => ({
  category: 'contract',
  op,
  name: 'labels-in-any-array',
  mistake: 'labels of 8 or 64 bits, or in nested arrays, refused or misread',
  needs: needs(op),
  async run({ softmax }) {
    const x = { data: Float32Array.from(X.flat()), shape: [2, 3] };
    const expected = await outputs(softmax[op](x, [2, 1]));
    for (const array of [Int8Array, Uint8Array, Int16Array, Int32Array, Uint32Array, Float64Array])
      same(await outputs(softmax[op](x, array.of(2, 1))), expected, array.name);
    same(await outputs(softmax[op](x, BigInt64Array.of(2n, 1n))), expected, 'BigInt64Array');
    same(await outputs(softmax[op](x, [[2], [1]])), expected, 'labels with the class axis kept');
    return undefined;
  },
});
