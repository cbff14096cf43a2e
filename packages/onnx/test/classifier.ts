import type { onnx as Proto } from 'onnx-proto';
import { onnx } from './proto.ts';

/** A tensor of float32. */
export const float = (name: string, dims: number[], values: number[]): Proto.ITensorProto => ({
  name,
  dims,
  dataType: 1,
  rawData: new Uint8Array(Float32Array.from(values).buffer),
});

/** The type of a value: its elements', its dimensions where they are told. */
export const value = (
  name: string,
  elemType: number,
  dims?: (string | number | undefined)[],
): Proto.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      ...(dims && {
        shape: {
          dim: dims.map((d) =>
            typeof d === 'string' ? { dimParam: d } : d === undefined ? {} : { dimValue: d },
          ),
        },
      }),
    },
  },
});

interface Changes {
  readonly opset?: number;
  readonly ir?: number;
  readonly domain?: string;
  readonly outputs?: object[];
  readonly graph?: object;
}

/** A linear classifier by another writer: logits = x·W + y, whose names are those that a head would like to have. */
export const classifier = ({ opset = 17, ir = 8, domain = '', outputs, graph }: Changes = {}): Uint8Array =>
  onnx.ModelProto.encode({
    irVersion: ir,
    producerName: 'another',
    docString: 'kept',
    opsetImport: [
      { domain, version: opset },
      { domain: 'com.example', version: 3 },
    ],
    metadataProps: [{ key: 'trained', value: 'yes' }],
    graph: {
      name: 'classifier',
      node: [
        { opType: 'MatMul', input: ['x', 'W'], output: ['softmax/product'], name: 'mask' },
        { opType: 'Add', input: ['softmax/product', 'y'], output: ['logits'] },
      ],
      initializer: [float('W', [2, 3], [1, 2, 3, 4, 5, 6]), float('y', [3], [0.5, -0.5, 0])],
      input: [value('x', 1, ['batch', 2])],
      output: outputs ?? [value('logits', 1, ['batch', 3])],
      ...graph,
    },
  }).finish();
