import { huffmanTree } from '@softmax/core';
import * as ort from 'onnxruntime-node';
import { describe, expect, test, vi } from 'vitest';
import { toOnnx } from '../src/index.ts';
import { epsOfLargest, type Tested } from './difference.ts';
import { decoded, ran } from './exported.ts';
import { EXPORTS, nameOf } from './exports.ts';

// A session is made for each export, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const ALLOWED = { fast: 16, accurate: 6, exact: 6 };

describe('an exported model means what the operation means', () => {
  const operations = [...new Set(EXPORTS.map(({ operation }) => operation))];

  test.each(operations)('%s', async (operation) => {
    const failed: object[] = [];
    for (const each of EXPORTS.filter((one) => one.operation === operation)) {
      const { dtype = 'float32', precision = 'accurate' } = each.options;
      for (const [name, { got, expected }] of await ran(each)) {
        const apart = epsOfLargest(got, expected, dtype as Tested);
        if (!(apart <= ALLOWED[precision as keyof typeof ALLOWED]))
          failed.push({ case: nameOf(each), name, apart, got, expected });
      }
    }
    expect(failed).toEqual([]);
  });

  const OPSETS = Array.from({ length: 14 }, (_, k) => 13 + k);
  test.each(OPSETS)('also in the operators of version %i', async (opset) => {
    const options = { opset, ir: 8, temperature: 0.5, axis: 0, shape: ['a', 'b', 'c'] };
    for (const { got, expected } of (await ran({ operation: 'logSoftmaxGrad', options })).values())
      expect(epsOfLargest(got, expected, 'float32')).toBeLessThanOrEqual(1);
    expect(decoded(toOnnx('softmax', { opset }))['opsetImport']).toMatchObject([
      { domain: '', version: opset },
    ]);
  });

  test.each([4, 7, 10, 13])('also in the file form of version %i', async (ir) => {
    const model = toOnnx('softmax', { ir });
    expect(decoded(model)['irVersion']).toBe(ir);
    await expect(ort.InferenceSession.create(model)).resolves.toBeDefined();
  });
});

test('an opset that cannot say it is refused', () => {
  const tree = huffmanTree([1, 1, 1]);
  const older = () => toOnnx('hierarchicalSoftmaxGrad', { tree, opset: 15 });
  expect(older).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }));
  expect(toOnnx('hierarchicalSoftmax', { tree, opset: 15 })).toBeInstanceOf(Uint8Array);
});

test('a class out of range does not pass for another: the loss is NaN', async () => {
  const session = await ort.InferenceSession.create(toOnnx('crossEntropy', { reduction: 'none' }));
  const x = new ort.Tensor(new Float32Array(12), [4, 3]);
  const target = new ort.Tensor(BigInt64Array.of(-1n, 3n, 0n, -100n), [4]);
  const { loss } = await session.run({ x, target });
  expect(Array.from(loss?.data as Float32Array, (v) => v.toFixed(3))).toEqual([
    'NaN',
    'NaN',
    '1.099',
    '0.000',
  ]);
});

test.each([
  ['zero', 0],
  ['nan', Number.NaN],
] as const)('a mean over nothing is what emptyMean says: %s', async (emptyMean, expected) => {
  const session = await ort.InferenceSession.create(toOnnx('crossEntropy', { emptyMean }));
  const target = new ort.Tensor(BigInt64Array.of(-100n), [1]);
  const { loss } = await session.run({ x: new ort.Tensor(Float32Array.of(1, 2), [1, 2]), target });
  expect(loss?.data[0]).toBe(expected);
});

test('a model tells its inputs, its outputs and what it is, to an independent reader', () => {
  const model = decoded(
    toOnnx('softmax', {
      shape: ['batch', 1000],
      mask: 'input',
      temperature: 0.5,
      names: { x: 'logits', y: 'probabilities' },
      producer: 'me',
      metadata: { licence: 'MIT' },
    }),
  );
  const dim = [{ dimParam: 'batch' }, { dimValue: 1000 }];
  const value = (name: string, elemType: number) => ({
    name,
    type: { tensorType: { elemType, shape: { dim } } },
  });
  expect(model['graph']).toMatchObject({
    input: [value('logits', 1), value('mask', 9)],
    output: [value('probabilities', 1)],
  });
  expect(model).toMatchObject({
    producerName: 'me',
    metadataProps: [
      { key: 'softmax.operation', value: 'softmax' },
      { key: 'softmax.options', value: '{"mask":"input","temperature":0.5}' },
      { key: 'softmax.precision', value: 'accurate' },
      { key: 'softmax.dtype', value: 'float32' },
      { key: 'licence', value: 'MIT' },
    ],
  });
});

test.each([
  ['an operation that there is not', 'sofmax', {}, 'INVALID_OPTION'],
  ['an option that there is not', 'softmax', { temprature: 1 }, 'INVALID_OPTION'],
  ['an argument of another operation', 'softmax', { k: 1 }, 'INVALID_OPTION'],
  ['an axis out of range', 'softmax', { axis: 2 }, 'INVALID_AXIS'],
  ['a negative temperature', 'softmax', { temperature: -1 }, 'INVALID_OPTION'],
  ['a mask that is not an input', 'softmax', { mask: [true, false] }, 'INVALID_OPTION'],
  ['an axis that is an input', 'softmax', { axis: 'input' }, 'INVALID_OPTION'],
  ['an error that a model cannot throw', 'softmax', { emptyRow: 'throw' }, 'INVALID_OPTION'],
  ['an empty name for a dimension', 'softmax', { shape: [''] }, 'INVALID_OPTION'],
  ['a length below 1', 'softmax', { shape: [0] }, 'INVALID_OPTION'],
  ['an opset of another time', 'softmax', { opset: 12 }, 'INVALID_OPTION'],
  ['an opset that is not yet', 'softmax', { opset: 27 }, 'INVALID_OPTION'],
  ['a form that is none', 'softmax', { ir: 3 }, 'INVALID_OPTION'],
  ['a name for what there is not', 'softmax', { names: { z: 'logits' } }, 'INVALID_OPTION'],
  ['one name for two values', 'softmax', { names: { x: 'v', y: 'v' } }, 'INVALID_OPTION'],
  ['a float that is none', 'softmax', { dtype: 'int32' }, 'INVALID_OPTION'],
  ['a precision that there is not', 'softmax', { precision: 'best' }, 'INVALID_OPTION'],
  ['noise from a seed', 'gumbelSoftmax', { seed: 1 }, 'INVALID_OPTION'],
  ['probabilities where classes are meant', 'sparsemaxLoss', { target: 'probabilities' }, 'INVALID_TARGET'],
])('%s is refused', (_, operation, options, code) => {
  expect(() => toOnnx(operation as 'softmax', options as object)).toThrow(expect.objectContaining({ code }));
});
