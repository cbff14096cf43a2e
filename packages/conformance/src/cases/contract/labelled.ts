import { must, outputs, same } from '../../judge/outputs.ts';
import { refuses } from '../../judge/refusal.ts';
import type { Labelled } from '../../operations/cross-entropy.ts';
import { type Case, needs, unmeasured } from '../../plan/case.ts';
import { singleAxes } from './shapes.ts';

/** A loss of rows by their labels. */
export type LabelledOp = `${'crossEntropy' | 'nllLoss' | 'sparsemaxLoss' | 'entmaxLoss'}${'' | 'Grad'}`;

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const none = { kernels: [], dtypes: [] };
/** Two rows of three classes. */
export const TWO_ROWS: readonly (readonly number[])[] = [
  [1, 2, 3],
  [4, 5, 6],
];
const x = () => ({ data: Float32Array.from(TWO_ROWS.flat()), shape: [2, 3] });

/** Classes along every axis: as many labels as there are rows, each another class than the one before. */
export const classAxes = (more: Partial<Labelled> = {}): readonly Labelled[] =>
  singleAxes.flatMap(({ axis = -1, ...each }) => {
    const n = each.shape.at(axis as number) ?? 1;
    const target = Array.from({ length: each.x.length / n }, (_, row) => row % n);
    const labelled = { ...each, axis: axis as number, target };
    return [labelled, { ...labelled, reduction: 'none' as const, ...more }];
  });

/** What losses owe to labels, and to batches of none. */
export const labelled = (op: LabelledOp): readonly Case[] => [
  unmeasured(
    {
      category: 'contract',
      op,
      name: 'wrong-target',
      mistake: 'a label outside of [0, C) accepted (pytorch #12670), or −1 that wraps around (onnxruntime)',
      needs: none,
    },
    async (trial) => {
      for (const bad of [3, -1, 0.5, nan, 1e10, -101, inf]) {
        const call = () => trial.softmax[op](TWO_ROWS, [0, bad]);
        const { message } = await refuses(trial, 'INVALID_TARGET', call, `target ${bad}`);
        must(message.includes('target[1]'), `${message} does not name the place`);
        must(message.includes(String(bad)), `${message} does not name the value`);
      }
      for (const target of [[0], [0, 1, 2], [[0, 1]], 0]) {
        const call = () => trial.softmax[op](TWO_ROWS, target);
        await refuses(trial, 'INVALID_SHAPE', call, `target ${JSON.stringify(target)}`);
      }
      const mask = [true, false, true];
      const hidden = () => trial.softmax[op](TWO_ROWS, [0, 1], { mask });
      await refuses(trial, 'INVALID_TARGET', hidden, 'a masked target');
    },
  ),
  unmeasured(
    {
      category: 'contract',
      op,
      name: 'empty-mean-and-size-0',
      mistake: 'a mean of nothing that is NaN or an error (onnxruntime): 0, unless one of them was asked for',
      needs: needs(op),
    },
    async (trial) => {
      const { softmax } = trial;
      const nothing = { data: new Float32Array(0), shape: [0, 3] };
      const ignored = [-100, -100];
      const loss = async (pending: unknown) => (await outputs(pending))[0]?.data[0];
      must((await loss(softmax[op](x(), ignored))) === 0, 'all ignored: not 0');
      must((await loss(softmax[op](nothing, []))) === 0, 'the mean of an empty batch is not 0');
      const sum = await loss(softmax[op](nothing, [], { reduction: 'sum' }));
      must(sum === 0, 'the sum of an empty batch is not 0');
      const [rows] = await outputs(softmax[op](nothing, [], { reduction: 'none' }));
      must(`${rows?.shape}` === '0', 'the losses of an empty batch are not empty');
      const lost = await loss(softmax[op](x(), ignored, { emptyMean: 'nan' }));
      must(Number.isNaN(lost), "emptyMean: 'nan' is not NaN");
      const call = () => softmax[op](x(), ignored, { emptyMean: 'throw' });
      await refuses(trial, 'EMPTY', call, "emptyMean: 'throw'");
    },
  ),
  unmeasured(
    {
      category: 'contract',
      op,
      name: 'labels-in-any-array',
      mistake: 'labels of 8 or 64 bits, or in nested arrays, refused or misread',
      needs: needs(op),
    },
    async ({ softmax }) => {
      const expected = await outputs(softmax[op](x(), [2, 1]));
      for (const array of ARRAYS) same(await outputs(softmax[op](x(), array.of(2, 1))), expected, array.name);
      same(await outputs(softmax[op](x(), BigInt64Array.of(2n, 1n))), expected, 'BigInt64Array');
      same(await outputs(softmax[op](x(), [[2], [1]])), expected, 'labels with the class axis kept');
      same(await outputs(softmax[op](x(), { data: [2, 1], shape: [2] })), expected, '{ data, shape }');
    },
  ),
];

const ARRAYS = [Int8Array, Uint8Array, Int16Array, Int32Array, Uint32Array, Float32Array, Float64Array];
