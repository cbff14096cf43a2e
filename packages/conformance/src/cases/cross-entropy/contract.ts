import { type Case, needs } from '../../case.ts';
import { caseOf, type Operation } from '../../operation.ts';
import type { Labelled } from '../../operations/cross-entropy.ts';
import { must, outputs, same } from '../../outputs.ts';
import { refuses } from '../../refusal.ts';
import { buffers } from '../contract/buffers.ts';
import { inputs } from '../contract/inputs.ts';
import { singleAxes } from '../contract/shapes.ts';
import { wrongCalls } from '../contract/wrong-calls.ts';

const none = { kernels: [], dtypes: [] };
const X = [
  [1, 2, 3],
  [4, 5, 6],
];

/** Classes along every axis: as many labels as there are rows, each another class than the one before. */
const classAxes: readonly Labelled[] = singleAxes.flatMap(({ axis = -1, ...each }) => {
  const n = each.shape.at(axis as number) ?? 1;
  const labelled = {
    ...each,
    axis: axis as number,
    target: Array.from({ length: each.x.length / n }, (_, row) => row % n),
  };
  return [labelled, { ...labelled, reduction: 'none' as const, labelSmoothing: 0.1 }];
});

export const contract = (operation: Operation<Labelled>): readonly Case[] => {
  const { op } = operation;
  if (op !== 'crossEntropy' && op !== 'crossEntropyGrad' && op !== 'nllLoss' && op !== 'nllLossGrad')
    return [];
  return [
    caseOf(operation, {
      category: 'contract',
      name: 'every-class-axis',
      mistake: 'classes that must be along axis 1, or the last',
      examples: classAxes,
    }),
    {
      category: 'contract',
      op,
      name: 'wrong-target',
      mistake: 'a label outside of [0, C) accepted (pytorch #12670), or −1 that wraps around (onnxruntime)',
      needs: none,
      async run(trial) {
        const labels = [
          [0, 3],
          [0, -1],
          [0, 0.5],
          [0, Number.NaN],
          [0, 1e10],
          [0, -101],
          [0, Number.POSITIVE_INFINITY],
        ];
        for (const target of labels) {
          const error = await refuses(
            trial,
            'INVALID_TARGET',
            () => trial.softmax[op](X, target),
            `target ${target}`,
          );
          must(error.message.includes('target[1]'), `${error.message} does not name the place`);
          must(error.message.includes(String(target[1])), `${error.message} does not name the value`);
        }
        for (const target of [[0], [0, 1, 2], [[0, 1]], 0])
          await refuses(
            trial,
            'INVALID_SHAPE',
            () => trial.softmax[op](X, target),
            `target ${JSON.stringify(target)}`,
          );
        const mask = [true, false, true];
        await refuses(
          trial,
          'INVALID_TARGET',
          () => trial.softmax[op](X, [0, 1], { mask }),
          'a masked target',
        );
        return undefined;
      },
    },
    {
      category: 'contract',
      op,
      name: 'empty-mean-throws',
      mistake: 'a mean of nothing that passes where an error was asked for',
      needs: none,
      async run(trial) {
        const emptyMean = 'throw';
        await refuses(trial, 'EMPTY', () => trial.softmax[op](X, [-100, -100], { emptyMean }), 'all ignored');
        await refuses(
          trial,
          'EMPTY',
          () => trial.softmax[op](X, [0, 0], { emptyMean, weight: [0, 1, 1] }),
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
    {
      category: 'contract',
      op,
      name: 'empty-mean-and-size-0',
      mistake: 'an empty batch whose loss is NaN or an error (onnxruntime): 0, unless NaN was asked for',
      needs: needs(op),
      async run({ softmax }) {
        const x = { data: new Float32Array(0), shape: [0, 3] };
        const loss = async (pending: unknown) => (await outputs(pending))[0]?.data[0];
        must((await loss(softmax[op](x, []))) === 0, 'the mean of an empty batch is not 0');
        must(
          (await loss(softmax[op](x, [], { reduction: 'sum' }))) === 0,
          'the sum of an empty batch is not 0',
        );
        const [rows] = await outputs(softmax[op](x, [], { reduction: 'none' }));
        must(`${rows?.shape}` === '0', 'the losses of an empty batch are not empty');
        const nothing = { data: Float32Array.from(X.flat()), shape: [2, 3] };
        const nan = await loss(softmax[op](nothing, [-100, -100], { emptyMean: 'nan' }));
        must(Number.isNaN(nan), "emptyMean: 'nan' is not NaN");
        return undefined;
      },
    },
    {
      category: 'contract',
      op,
      name: 'labels-in-any-array',
      mistake: 'labels of 8 or 64 bits, or in nested arrays, refused or misread',
      needs: needs(op),
      async run({ softmax }) {
        const x = { data: Float32Array.from(X.flat()), shape: [2, 3] };
        const expected = await outputs(softmax[op](x, [2, 1]));
        for (const array of [
          Int8Array,
          Uint8Array,
          Int16Array,
          Int32Array,
          Uint32Array,
          Float32Array,
          Float64Array,
        ])
          same(await outputs(softmax[op](x, array.of(2, 1))), expected, array.name);
        same(await outputs(softmax[op](x, BigInt64Array.of(2n, 1n))), expected, 'BigInt64Array');
        same(await outputs(softmax[op](x, [[2], [1]])), expected, 'labels with the class axis kept');
        same(await outputs(softmax[op](x, { data: [2, 1], shape: [2] })), expected, '{ data, shape }');
        return undefined;
      },
    },
    ...inputs(op),
    ...buffers(op),
    ...wrongCalls(op),
  ];
};
