// Protobuf's wire format once more, written for the tests alone: https://protobuf.dev/programming-guides/encoding/

type Bytes = readonly number[];

/** At least so many bytes long, which the format allows. */
function varint(value: number | bigint, least = 1): number[] {
  const out: number[] = [];
  for (let rest = BigInt(value); rest > 0n || out.length < least; rest >>= 7n)
    out.push(Number(rest & 127n) | 128);
  out.push((out.pop() as number) & 127);
  return out;
}

/** A field of bytes. */
export const bytes = (field: number, body: Bytes, least = 1): number[] => [
  ...varint((field << 3) | 2, least),
  ...varint(body.length, least),
  ...body,
];
export const text = (field: number, value: string): number[] =>
  bytes(field, [...new TextEncoder().encode(value)]);
export const int = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];

/** Fields that no version of ONNX knows, of every kind that there is, in groups too; the first has the largest number. */
export const UNKNOWN: Bytes = [
  varint((2n ** 29n - 1n) << 3n),
  varint(2n ** 64n - 1n),
  [...varint((999 << 3) | 1), 1, 2, 3, 4, 5, 6, 7, 8],
  [...varint((998 << 3) | 5), 1, 2, 3, 4],
  bytes(997, [7, 7, 7]),
  [
    ...varint((996 << 3) | 3),
    ...int(1, 5),
    ...varint((2 << 3) | 3),
    ...bytes(1, [9]),
    ...varint((2 << 3) | 4),
  ],
  varint((996 << 3) | 4),
].flat();

export interface Piece {
  readonly field: number;
  readonly raw: string;
  readonly body: Uint8Array;
}

/** The fields of a message whose numbers are below 16 or of bytes; `raw` is hexadecimal. */
export function pieces(message: Uint8Array): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  const number = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] as number;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const skip = (kind: bigint): number => {
    const start = at;
    if (kind === 0n) number();
    if (kind === 1n) at += 8;
    if (kind === 5n) at += 4;
    if (kind === 3n) for (let tag = number(); (tag & 7n) !== 4n; tag = number()) skip(tag & 7n);
    if (kind !== 2n) return start;
    const length = Number(number());
    at += length;
    return at - length;
  };
  while (at < message.length) {
    const start = at;
    const tag = number();
    const body = skip(tag & 7n);
    const raw = Buffer.from(message.subarray(start, at)).toString('hex');
    found.push({ field: Number(tag >> 3n), raw, body: message.subarray(body, at) });
  }
  return found;
}
