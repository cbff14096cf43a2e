import type { Attribute, Body, ElementType, Graph, Initializer, Node, ValueInfo } from './graph.ts';
import { type Bytes, float, int, join, message, text } from './wire.ts';

/** The parts of a model file around its graph. */
export interface ModelOptions {
  readonly opset?: number;
  readonly ir?: number;
  readonly producer?: string;
  readonly metadata?: { readonly [key: string]: string };
}

/** The enumeration TensorProto.DataType. */
export const ELEMENT_TYPES: { readonly [D in ElementType]: number } = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
};

/** Every runtime since 2022 reads opset 17 and IR 8; field numbers below come from onnx.proto. */
export function writeModel(graph: Graph, options: ModelOptions = {}): Uint8Array {
  const { opset = 17, ir = 8, producer = '@softmax/onnx', metadata = {} } = options;
  return join([
    int(1, ir),
    text(2, producer),
    message(7, [text(2, graph.name), ...graphFields(graph)]),
    message(8, [text(1, ''), int(2, opset)]),
    ...Object.entries(metadata).map(([key, value]) => message(14, [text(1, key), text(2, value)])),
  ]);
}

/** All of a graph except its name. */
export const graphFields = ({ nodes, initializers, inputs, outputs }: Graph): Bytes[] => [
  ...nodes.map((node) => message(1, nodeProto(node))),
  ...initializers.map((initializer) => message(5, tensorProto(initializer))),
  ...inputs.map((value) => message(11, valueInfo(value))),
  ...outputs.map((value) => message(12, valueInfo(value))),
];

const nodeProto = ({ op, inputs, outputs, attributes }: Node): Bytes[] => [
  ...inputs.map((name) => text(1, name)),
  ...outputs.map((name) => text(2, name)),
  text(3, outputs[0] ?? op),
  text(4, op),
  ...Object.entries(attributes).map(([name, value]) => message(5, [text(1, name), ...attribute(value)])),
];

function attribute(value: Attribute): Bytes[] {
  if (typeof value === 'number') return [int(3, value), int(20, 2)];
  if (typeof value === 'string') return [text(4, value), int(20, 3)];
  if ('float' in value) return [float(2, value.float), int(20, 1)];
  if ('body' in value) return [message(6, bodyProto(value.body)), int(20, 5)];
  return [...value.map((v) => int(8, v)), int(20, 7)];
}

const bodyProto = ({ nodes, name, turn, before, state, outputs }: Body): Bytes[] => [
  ...nodes.map((node) => message(1, nodeProto(node))),
  text(2, name),
  message(11, valueInfo({ name: turn, dtype: 'int64', dims: [] })),
  message(11, valueInfo({ name: before, dtype: 'bool', dims: [] })),
  ...state.map((value) => message(11, [text(1, value)])),
  ...outputs.map((value) => message(12, [text(1, value)])),
];

const tensorProto = ({ dims, dtype, name, raw }: Initializer): Bytes[] => [
  ...dims.map((d) => int(1, d)),
  int(2, ELEMENT_TYPES[dtype]),
  text(8, name),
  message(9, [raw]),
];

function valueInfo({ name, dtype, dims }: ValueInfo): Bytes[] {
  const shape = dims.map((d) => message(1, [typeof d === 'number' ? int(1, d) : text(2, d)]));
  return [text(1, name), message(2, [message(1, [int(1, ELEMENT_TYPES[dtype]), message(2, shape)])])];
}
