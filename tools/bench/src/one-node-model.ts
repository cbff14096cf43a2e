function varint(value: number): number[] {
  if (value < 0) return [...new Array<number>(9).fill(255), 1]; // −1 in 64 bits
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}

/** A field of a protocol buffer: its number, and bytes, text or an integer of −1 or more. */
function field(number: number, value: Uint8Array | string | number): Uint8Array {
  if (typeof value === 'number') return Uint8Array.of(...varint(number * 8), ...varint(value));
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return Uint8Array.of(...varint(number * 8 + 2), ...varint(bytes.length), ...bytes);
}

const message = (...fields: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(fields.flatMap((each) => [...each]));

const FLOAT = 1;
const INT = 2;
const INT32 = 6;

/** A tensor of any shape. */
const valueInfo = (name: string, type: number): Uint8Array =>
  message(field(1, name), field(2, field(1, field(1, type))));

/** The ONNX model of one operator from x to y, opset 13: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
export function oneNodeModel(operator: 'Softmax' | 'LogSoftmax' | 'Multinomial', axis: number): Uint8Array {
  const drawn = operator === 'Multinomial';
  const attribute = drawn
    ? message(field(1, 'sample_size'), field(3, 1), field(20, INT))
    : message(field(1, 'axis'), field(3, axis), field(20, INT));
  const node = message(field(1, 'x'), field(2, 'y'), field(4, operator), field(5, attribute));
  const graph = message(
    field(1, node),
    field(2, 'g'),
    field(11, valueInfo('x', FLOAT)),
    field(12, valueInfo('y', drawn ? INT32 : FLOAT)),
  );
  return message(field(1, 8), field(7, graph), field(8, field(2, 13)));
}
