import { classifier, float } from './classifier.ts';
import { onnx } from './proto.ts';
import { encoded, type ValidModel, whole } from './rebuilt.ts';
import { bytes, int, pieces, text } from './wire.ts';

const W = [1, 2, 3, 4, 5, 6];
const Y = float('y', [3], [0.5, -0.5, 0]);

/** W as a tensor in other words. */
const withTensor = (tensor: readonly number[]): Uint8Array => {
  const rest = classifier({ graph: { initializer: [Y] } });
  const fields = pieces(rest).map(({ field, raw, body }) =>
    field === 7 ? bytes(7, [...body, ...bytes(5, tensor)]) : [...Buffer.from(raw, 'hex')],
  );
  return Uint8Array.from(fields.flat());
};
const floats = (values: readonly number[]): number[] => [...new Uint8Array(Float32Array.from(values).buffer)];
const shaped = [...int(1, 2), ...int(1, 3), ...int(2, 1), ...text(8, 'W')];

const OFFSET = 4096;
const external = {
  name: 'W',
  dims: [2, 3],
  dataType: 1,
  dataLocation: 1,
  externalData: [
    { key: 'location', value: 'weights.bin' },
    { key: 'offset', value: String(OFFSET) },
    { key: 'length', value: '24' },
  ],
};

const sparse = {
  dims: [2, 3],
  values: float('W', [6], W),
  indices: { dims: [6], dataType: 7, int64Data: [0, 1, 2, 3, 4, 5] },
};

/** The forms that weights may have. */
export const VALID_WEIGHTS: readonly ValidModel[] = [
  { what: 'values as raw bytes', model: whole },
  { what: 'values packed', model: withTensor([...shaped, ...bytes(4, floats(W))]) },
  {
    what: 'values one by one, dimensions packed',
    model: withTensor([
      ...bytes(1, [2, 3]),
      ...int(2, 1),
      ...text(8, 'W'),
      ...W.flatMap((w) => [(4 << 3) | 5, ...floats([w])]),
    ]),
  },
  {
    what: 'external data at an offset',
    model: classifier({ graph: { initializer: [external, Y] } }),
    weights: Uint8Array.from([...new Array<number>(OFFSET).fill(255), ...floats(W), 255]),
  },
  {
    what: 'sparse initialisers',
    model: classifier({ graph: { initializer: [Y], sparseInitializer: [sparse] } }),
  },
  {
    what: 'constants of every other type',
    model: encoded(({ graph }) => {
      const other = (name: string, dataType: number, more: object) =>
        onnx.TensorProto.fromObject({ name, dims: [1], dataType, ...more });
      graph?.initializer?.push(
        other('text', 8, { stringData: [new TextEncoder().encode('é')] }),
        other('brain', 16, { int32Data: [0x3f80] }),
        other('complex', 14, { floatData: [1, 2] }),
        other('unsigned', 13, { uint64Data: [7] }),
        other('double', 11, { doubleData: [0.5] }),
      );
    }),
  },
];
