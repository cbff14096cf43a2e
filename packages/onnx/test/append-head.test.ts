import { cpu, createSoftmax, fromFloat16 } from '@softmax/core';
import { onnx } from 'onnx-proto';
import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { appendHead } from '../src/index.ts';
import { classifier, float, value } from './classifier.ts';
import { decoded } from './exported.ts';

const X = [
  [1, -1],
  [0.5, 0.25],
];
const LOGITS = X.map(([a = 0, b = 0]) => [a + 4 * b + 0.5, 2 * a + 5 * b - 0.5, 3 * a + 6 * b]);
const reference = createSoftmax(cpu());

async function run(model: Uint8Array, more: { readonly [name: string]: ort.Tensor } = {}) {
  const session = await ort.InferenceSession.create(model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const results = await session.run({ x: new ort.Tensor(Float32Array.from(X.flat()), [2, 2]), ...more });
  await session.release();
  return results;
}

const closeTo = (got: ort.Tensor | undefined, expected: readonly number[]) => {
  expect(got?.data).toHaveLength(expected.length);
  for (const [k, wanted] of expected.entries()) expect(got?.data[k]).toBeCloseTo(wanted, 6);
};

test('the head takes the place of the output', async () => {
  const model = appendHead(classifier(), 'logits', 'softmax', { names: { y: 'probabilities' } });
  const results = await run(model);
  expect(Object.keys(results)).toEqual(['probabilities']);
  closeTo(results['probabilities'], [...reference.softmax(LOGITS).data()]);
  expect(decoded(model)['graph'].output).toMatchObject([value('probabilities', 1, ['batch', 3])]);
});

test('or stands beside it', async () => {
  const results = await run(appendHead(classifier(), 'logits', 'logSoftmax', { keep: true }));
  closeTo(results['logits'], LOGITS.flat());
  closeTo(results['y_1'], [...reference.logSoftmax(LOGITS).data()]);
});

test('what it needs beside the output is an input of the model, and names that are taken get a number', async () => {
  const model = appendHead(classifier(), 'logits', 'softmax', { mask: 'input' });
  const allowed = [true, false, true, false, true, true];
  const results = await run(model, {
    mask_1: new ort.Tensor('bool', Uint8Array.from(allowed, Number), [2, 3]),
  });
  const mask = [allowed.slice(0, 3), allowed.slice(3)];
  closeTo(results['y_1'], [...reference.softmax(LOGITS, { mask }).data()]);
});

test('a loss on a loss: heads can follow each other', async () => {
  const once = appendHead(classifier(), 'logits', 'logSoftmax', { names: { y: 'logs' } });
  const twice = appendHead(once, 'logs', 'logSoftmax', { keep: true });
  const keys = decoded(twice)['metadataProps'].map(({ key }: { key: string }) => key);
  expect(keys).toHaveLength(new Set(keys).size);
  const results = await run(appendHead(twice, 'y_1', 'crossEntropy', { names: { target: 'label' } }), {
    label: new ort.Tensor(BigInt64Array.of(2n, 0n), [2]),
  });
  closeTo(results['loss'], [...reference.crossEntropy(LOGITS, [2, 0]).data()]);
});

describe('what the model has is kept byte for byte', () => {
  const unknown = Uint8Array.of(0xba, 0x3e, 3, 7, 8, 9); // field 999, three bytes

  test('weights, references to external data, subgraphs, fields that nobody knows', () => {
    const external = {
      name: 'far',
      dims: [4],
      dataType: 1,
      dataLocation: 1,
      externalData: [{ key: 'location', value: 'weights.bin' }],
    };
    const inner = { name: 'inner', node: [{ opType: 'Identity', input: ['x'], output: ['label'] }] };
    const branch = {
      opType: 'If',
      input: ['x'],
      output: ['unused'],
      attribute: [{ name: 'then_branch', type: 5, g: inner }],
    };
    const graph = { initializer: [float('W', [2, 3], [1, 2, 3, 4, 5, 6]), external], node: [branch] };
    const before = new Uint8Array([...classifier({ graph }), ...unknown]);
    const after = appendHead(before, 'logits', 'crossEntropy', { keep: true });
    const [was, is] = [decoded(before), decoded(after)];
    for (const part of ['node', 'initializer', 'input', 'output'])
      expect(is['graph'][part].slice(0, was['graph'][part].length)).toEqual(was['graph'][part]);
    expect(is).toMatchObject({ irVersion: 8, producerName: 'another', docString: 'kept' });
    expect(is['opsetImport']).toEqual(was['opsetImport']);
    expect(is['metadataProps'][0]).toEqual(was['metadataProps'][0]);
    const weights = onnx.TensorProto.encode(external).finish();
    for (const bytes of [unknown, weights])
      expect(Buffer.from(after).includes(Buffer.from(bytes))).toBe(true);
    expect(is['graph'].input.map(({ name }: { name: string }) => name)).toEqual(['x', 'target']);
  });

  test('names inside subgraphs are taken too', () => {
    const inner = { name: 'inner', node: [{ opType: 'Identity', input: ['x'], output: ['target'] }] };
    const node = [{ opType: 'Loop', output: ['logits'], attribute: [{ name: 'body', type: 5, g: inner }] }];
    const { graph } = decoded(appendHead(classifier({ graph: { node } }), 'logits', 'crossEntropy'));
    expect(graph.input.map(({ name }: { name: string }) => name)).toEqual(['x', 'target_1']);
  });
});

test.each([13, 15, 18, 21, 26])('the head speaks the opset of the model: %i', async (opset) => {
  const results = await run(appendHead(classifier({ opset, domain: 'ai.onnx' }), 'logits', 'softmax'));
  closeTo(results['y_1'], [...reference.softmax(LOGITS).data()]);
});

test('the head has the type of the output: float16', async () => {
  const node = [
    { opType: 'MatMul', input: ['x', 'W'], output: ['product'] },
    { opType: 'Cast', input: ['product'], output: ['logits'], attribute: [{ name: 'to', type: 2, i: 10 }] },
  ];
  const half = classifier({ graph: { node }, outputs: [value('logits', 10, ['batch', 3])] });
  const y = (await run(appendHead(half, 'logits', 'softmax')))['y_1'] as ort.Tensor;
  expect(y.type).toBe('float16');
  const bits = new Uint16Array((y.data as Uint16Array).buffer);
  // −3, −3, −3 and 1.5, 2.25, 3
  const expected = [[1, 1, 1].map(() => 1 / 3), [...reference.softmax([1.5, 2.25, 3]).data()]].flat();
  for (const [k, wanted] of expected.entries()) expect(fromFloat16(bits[k] ?? 0)).toBeCloseTo(wanted, 3);
});

test('a model without standard operators gets them imported', () => {
  const node = [{ opType: 'FusedMatMul', domain: 'com.microsoft', input: ['x', 'W'], output: ['logits'] }];
  const before = classifier({ domain: 'com.microsoft', opset: 1, graph: { node } });
  const model = appendHead(before, 'logits', 'softmax');
  expect(decoded(model)['opsetImport']).toMatchObject([
    { domain: 'com.microsoft', version: 1 },
    { domain: 'com.example', version: 3 },
    { domain: '', version: 17 },
  ]);
});

test('dimensions that the model does not name get names, and those that it does not tell are asked for', async () => {
  const nameless = classifier({ outputs: [value('logits', 1, [undefined, undefined])] });
  closeTo((await run(appendHead(nameless, 'logits', 'softmin')))['y_1'], [
    ...reference.softmin(LOGITS).data(),
  ]);
  const shapeless = classifier({ outputs: [value('logits', 1)] });
  expect(() => appendHead(shapeless, 'logits', 'softmax')).toThrow(
    expect.objectContaining({ code: 'INVALID_SHAPE' }),
  );
  const told = appendHead(shapeless, 'logits', 'softmax', { shape: ['batch', 3] });
  closeTo((await run(told))['y_1'], [...reference.softmax(LOGITS).data()]);
});
