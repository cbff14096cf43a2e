import { huffmanTree } from '@softmax/core';
import * as ops from '@softmax/core/ops';
import * as ort from 'onnxruntime-node';
import { describe, expect, test, vi } from 'vitest';
import { toOnnx } from '../src/index.ts';
import { epsOfLargest, type Tested } from './difference.ts';
import { decoded, ran } from './exported.ts';
import { EXPORTS, nameOf } from './exports.ts';

// A session is made for each export, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const LENGTHS = { cutoffs: [2], classes: 4, widths: [1] };
const ALLOWED = { fast: 16, accurate: 6, exact: 6 };

describe('an exported model means what the operation means', () => {
  const operations = [...new Set(EXPORTS.map(({ operation }) => operation))];

  test('no operation of core is without a model', () => {
    expect(operations.toSorted()).toEqual(Object.keys(ops).toSorted());
  });

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

  test.each([16, 18, 20, 26])('what adds at places, a loop and a search too: version %i', async (opset) => {
    const tree = huffmanTree([5, 1, 2, 2]);
    const parameters = LENGTHS;
    for (const [operation, options] of [
      ['hierarchicalLossGrad', { tree, opset }],
      ['adaptiveLossGrad', { parameters, opset }],
    ] as const)
      for (const { got, expected } of (await ran({ operation, options })).values())
        expect(epsOfLargest(got, expected, 'float32')).toBeLessThanOrEqual(4);
  });

  test.each([4, 7, 10, 13])('also in the file form of version %i', async (ir) => {
    const model = toOnnx('softmax', { ir });
    expect(decoded(model)['irVersion']).toBe(ir);
    await expect(ort.InferenceSession.create(model)).resolves.toBeDefined();
  });
});

test.each(['hierarchicalSoftmaxGrad', 'hierarchicalLoss', 'hierarchicalLogProbGrad'] as const)(
  'an opset that cannot say it is refused: %s',
  (operation) => {
    const tree = huffmanTree([1, 1, 1]);
    const older = () => toOnnx(operation, { tree, opset: 15 });
    expect(older).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }));
    expect(toOnnx('hierarchicalSoftmax', { tree, opset: 15 })).toBeInstanceOf(Uint8Array);
  },
);

test('rows that no sample could hold are no matter', () => {
  const { graph } = decoded(
    toOnnx('crossEntropyGrad', {
      shape: [2 ** 20, 2 ** 40, 2 ** 20],
      axis: 1,
      weight: 'input',
      mask: 'input',
    }),
  );
  const dims = ({ type }: { type: { tensorType: { shape: { dim: { dimValue: number }[] } } } }) =>
    type.tensorType.shape.dim.map(({ dimValue }) => dimValue);
  expect(graph.input.map(dims)).toEqual([
    [2 ** 20, 2 ** 40, 2 ** 20],
    [2 ** 20, 2 ** 20],
    [2 ** 40],
    [2 ** 20, 2 ** 40, 2 ** 20],
  ]);
  expect(graph.output.map(dims)).toEqual([[], [2 ** 20, 2 ** 40, 2 ** 20]]);
});

test.each([
  ['of 256 is the fused operator', 256, 1],
  ['of 257 is not: it would sum in float32', 257, 0],
])('a fast softmax %s', (_, n, fused) => {
  const { graph } = decoded(toOnnx('softmax', { precision: 'fast', shape: ['batch', n] }));
  expect(graph.node.filter(({ opType }: { opType: string }) => opType === 'Softmax')).toHaveLength(fused);
});

test.each(['softmax', 'crossEntropyGrad'] as const)('float16 is rounded once: %s', (operation) => {
  const { node, output } = decoded(toOnnx(operation, { dtype: 'float16' }))['graph'];
  const casts = node.filter(
    ({ opType, attribute }: { opType: string; attribute: { i: number }[] }) =>
      opType === 'Cast' && attribute[0]?.i === 10,
  );
  expect(casts).toHaveLength(output.length);
  const bounds = node.filter(({ input }: { input: string[] }) =>
    input.some((name) => name.endsWith('/65520')),
  );
  expect(bounds).toHaveLength(output.length);
});

test('values of the parameters stand in the model once, not in what it says of itself', () => {
  const weight = { data: new Float32Array(3 * 2).fill(7), shape: [3, 2] };
  const { graph, metadataProps } = decoded(
    toOnnx('hierarchicalSoftmax', { tree: huffmanTree([5, 1, 2, 2]), weight }),
  );
  expect(graph.input).toMatchObject([{ name: 'h' }]);
  expect(graph.initializer.filter(({ dims }: { dims: number[] }) => String(dims) === '3,2')).toHaveLength(1);
  expect(metadataProps[1]).toEqual({ key: 'softmax.options', value: '{"tree":"…","weight":"…"}' });
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
