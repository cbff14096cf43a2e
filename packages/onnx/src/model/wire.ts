// The protobuf wire format: a field is (number << 3 | wire type) and a varint, 8 or 4 bytes, or a
// length and bytes. https://protobuf.dev/programming-guides/encoding/
export type Bytes = Uint8Array;

/** Every runtime has them; this package is compiled for no runtime in particular. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean },
) => { decode(bytes: Bytes): string };
const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder('utf-8', { fatal: true });

export const int = (field: number, value: number): Bytes => join([varint(field << 3), varint(value)]);
export const text = (field: number, value: string): Bytes =>
  ascii(field, value) ?? message(field, [utf8.encode(value)]);
export const float = (field: number, value: number): Bytes =>
  join([varint((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer)]);

export const message = (field: number, body: readonly Bytes[]): Bytes => join(parts(field, body));

/** Encodes in pieces: a model may be large, and is then copied only once. */
export const parts = (field: number, body: readonly Bytes[]): readonly Bytes[] => [
  varint((field << 3) | 2),
  varint(body.reduce((sum, part) => sum + part.length, 0)),
  ...body,
];

/**
 * Encodes short ASCII text, the most frequent content of a graph. With this and `SHORT` a graph of
 * the recipes is written in 0.32 ms, with TextEncoder and a joined varint in 1.5 ms
 * (means of all 5 756, Node 24).
 */
function ascii(field: number, value: string): Bytes | undefined {
  const { length } = value;
  if (length > 127 || field > 15) return;
  const out = new Uint8Array(length + 2);
  out[0] = (field << 3) | 2;
  out[1] = length;
  for (let k = 0; k < length; k++) {
    const code = value.charCodeAt(k);
    if (code > 127) return;
    out[k + 2] = code;
  }
  return out;
}

/** The numbers of one byte. */
const SHORT: readonly Bytes[] = Array.from({ length: 128 }, (_, value) => Uint8Array.of(value));

/** Seven bits at a time, the lowest first; negative numbers as 64-bit two's complement. */
function varint(value: number): Bytes {
  const short = SHORT[value];
  if (short) return short;
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return Uint8Array.of(...out, Number(rest));
}

export function join(pieces: readonly Bytes[]): Bytes {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let end = 0;
  for (const piece of pieces) {
    out.set(piece, end);
    end += piece.length;
  }
  return out;
}

/** A field as read. */
export interface Field {
  readonly field: number;
  /** All its bytes, for an unchanged copy. */
  readonly raw: Bytes;
  /** The bytes of its value; none for a number. */
  readonly body: Bytes;
  /** The number of its value; 0 for bytes. */
  readonly value: bigint;
}

export function string({ body }: Field): string {
  if (body.length > MAX_NAME) throw new RangeError(`a name of ${body.length} bytes, more than ${MAX_NAME}`);
  return fromUtf8.decode(body);
}

/** A field takes about 370 bytes as an object, but may take only two in a message. */
const MAX_FIELDS = 2 ** 18;
/** The bytes of a name. */
const MAX_NAME = 2 ** 16;

/** Counts the fields of all messages in memory together. */
export class Budget {
  #left = MAX_FIELDS;

  spend(): void {
    if (--this.#left < 0) throw new RangeError(`more than ${MAX_FIELDS} fields`);
  }
}

/**
 * The fields of a message, in their order, as views of its bytes.
 *
 * @throws {RangeError} if the bytes end inside a field, a field has an unknown kind, or there are
 * too many
 */
export function fields(bytes: Bytes, budget: Budget = new Budget()): Field[] {
  const found: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = readVarint(bytes, at);
    const [field, kind] = [Number(tag.value >> 3n), Number(tag.value & 7n)];
    if (field === 0) throw new RangeError(`byte ${at}: no field has the number 0`);
    const content = contentOf(kind, bytes, tag.end);
    if (content.end > bytes.length) throw new RangeError(`byte ${at}: the bytes end inside field ${field}`);
    const { start, end, value } = content;
    budget.spend();
    found.push({ field, raw: bytes.subarray(at, end), body: bytes.subarray(start, end), value });
    at = end;
  }
  return found;
}

interface Content {
  readonly start: number;
  readonly end: number;
  readonly value: bigint;
}

function contentOf(kind: number, bytes: Bytes, at: number): Content {
  if (kind === 1) return { start: at, end: at + 8, value: 0n };
  if (kind === 5) return { start: at, end: at + 4, value: 0n };
  if (kind === 3) return { start: at, end: groupEnd(bytes, at), value: 0n };
  const { value, end } = kind === 0 || kind === 2 ? readVarint(bytes, at) : unknown(kind, at);
  return kind === 0 ? { start: end, end, value } : { start: end, end: end + Number(value), value: 0n };
}

/** The end of a group, a message between two tags: ONNX uses none, but an unknown field may. */
function groupEnd(bytes: Bytes, start: number): number {
  for (let at = start; at < bytes.length; ) {
    const tag = readVarint(bytes, at);
    const kind = Number(tag.value & 7n);
    if (kind === 4) return tag.end;
    at = contentOf(kind, bytes, tag.end).end;
  }
  throw new RangeError(`byte ${start}: the bytes end inside a group`);
}

function unknown(kind: number, at: number): never {
  throw new RangeError(`byte ${at}: no field is of kind ${kind}`);
}

function readVarint(bytes: Bytes, start: number): { readonly value: bigint; readonly end: number } {
  const first = bytes[start];
  if (first !== undefined && first < 128) return { value: BigInt(first), end: start + 1 };
  let value = 0n;
  for (let k = 0; k < 10; k++) {
    const byte = bytes[start + k];
    if (byte === undefined) throw new RangeError(`byte ${start}: the bytes end inside a number`);
    value |= BigInt(byte & 127) << BigInt(7 * k);
    if (byte < 128) return { value: BigInt.asUintN(64, value), end: start + k + 1 };
  }
  throw new RangeError(`byte ${start}: a number of more than ten bytes`);
}
