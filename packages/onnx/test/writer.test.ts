import { onnx } from 'onnx-proto';
import { expect, test } from 'vitest';
import { GraphBuilder } from '../src/model/builder.ts';
import type { Graph } from '../src/model/graph.ts';
import { writeModel } from '../src/model/writer.ts';

const raw = (data: ArrayBufferView) => new Uint8Array(data.buffer);

const GRAPH: Graph = {
  name: 'everything',
  inputs: [{ name: 'x', dtype: 'float32', dims: ['outer', 'n', 1] }],
  outputs: [{ name: 'y', dtype: 'bool', dims: [] }],
  initializers: [
    { name: 'vector', dtype: 'int64', dims: [2], raw: raw(BigInt64Array.of(-1n, 300n)) },
    { name: 'scalar', dtype: 'float64', dims: [], raw: raw(Float64Array.of(Math.PI)) },
    { name: 'matrix', dtype: 'float32', dims: [1, 2], raw: raw(Float32Array.of(1.5, Number.NaN)) },
    { name: 'none', dtype: 'bool', dims: [0], raw: new Uint8Array() },
  ],
  nodes: [
    {
      op: 'Über',
      inputs: ['x', 'vector'],
      outputs: ['y'],
      attributes: { axis: -1, name: 'wörd', axes: [0, -2, 128], alpha: { float: 0.5 } },
    },
  ],
};

const read = (bytes: Uint8Array) =>
  onnx.ModelProto.toObject(onnx.ModelProto.decode(bytes), { longs: Number });

test('another reader finds every attribute, initialiser and dimension', () => {
  const model = read(writeModel(GRAPH, { opset: 18, ir: 9, producer: 'me', metadata: { key: 'value' } }));
  expect(model).toMatchObject({
    irVersion: 9,
    producerName: 'me',
    opsetImport: [{ domain: '', version: 18 }],
    metadataProps: [{ key: 'key', value: 'value' }],
  });
  const { node, initializer, input, output, name } = model['graph'];
  expect(name).toBe('everything');
  expect(node).toMatchObject([
    {
      opType: 'Über',
      input: ['x', 'vector'],
      output: ['y'],
      attribute: [
        { name: 'axis', type: 2, i: -1 },
        { name: 'name', type: 3, s: new TextEncoder().encode('wörd') },
        { name: 'axes', type: 7, ints: [0, -2, 128] },
        { name: 'alpha', type: 1, f: 0.5 },
      ],
    },
  ]);
  expect(initializer).toMatchObject(
    GRAPH.initializers.map(({ name, dims, raw }) => ({
      name,
      ...(dims.length > 0 && { dims: [...dims] }),
      rawData: raw,
    })),
  );
  expect(initializer.map(({ dataType }: { dataType: number }) => dataType)).toEqual([7, 11, 1, 9]);
  expect(input[0].type.tensorType).toEqual({
    elemType: 1,
    shape: { dim: [{ dimParam: 'outer' }, { dimParam: 'n' }, { dimValue: 1 }] },
  });
  expect(output[0].type.tensorType).toEqual({ elemType: 9, shape: {} });
});

test.each([
  ['of 127 bytes', 'x'.repeat(127)],
  ['of 128: its length takes two', 'x'.repeat(128)],
  ['of 20 000', 'x'.repeat(20_000)],
  ['of fewer letters than bytes', 'é'.repeat(127)],
  ['whose last letter is no ASCII', 'x ≤ τ'],
])('a text %s is read as it was', (_, long) => {
  expect(read(writeModel({ ...GRAPH, name: long }))['graph'].name).toBe(long);
});

test('a constant that is used twice is stored once, 0 is not −0, and what is not needed is left out', () => {
  const g = new GraphBuilder();
  const sum = g.op('Add', g.op('Add', 0, 0), g.op('Mul', -0, Number.NaN));
  g.op('Exp', 5);
  g.output('y', sum, 'float64');
  const values = g.graph.initializers.map(({ raw }) => new Float64Array(raw.slice().buffer)[0]);
  expect(values).toEqual([0, -0, Number.NaN]);
});
