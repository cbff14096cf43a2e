import { refuse } from '../input-error.ts';
import { shown } from '../shown.ts';
import { parse } from './json.ts';
import { assertShape } from './limits.ts';
import { countOf, type NumberType, widthOf } from './numbers.ts';
import type { Reader } from './reader.ts';

/**
 * A .safetensors file: the length of the header (8 bytes, little-endian), the header (JSON: dtype, shape and data_offsets
 * by name), the values. @see https://huggingface.co/docs/safetensors (Format)
 */
export interface TensorEntry {
  readonly dtype: NumberType;
  /** The upper half of a float32, as which it is read. */
  readonly bfloat16: boolean;
  readonly shape: readonly number[];
  /** From the end of the header. */
  readonly start: number;
  readonly end: number;
}

export const SAFETENSORS: { readonly [name: string]: NumberType } = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'float32',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U64: 'uint64',
  U32: 'uint32',
  U16: 'uint16',
  U8: 'uint8',
  BOOL: 'bool',
};
/** What the format's own reader allows. */
const LONGEST = 100_000_000;

const whole = (list: unknown): list is readonly number[] =>
  Array.isArray(list) && list.every((each) => Number.isSafeInteger(each) && each >= 0);

export async function readSafetensorsHeader(from: Reader): Promise<Map<string, TensorEntry>> {
  const { place, size } = from;
  const length = (await from.take(8, 'the length of the header')).readBigUInt64LE();
  if (length > LONGEST || (size !== undefined && length > BigInt(size - 8)))
    refuse(
      place,
      `the header at byte 8 says it is ${length} bytes long, the file ends at byte ${size ?? '?'}`,
    );
  const text = (await from.take(Number(length), 'the header')).toString('utf8');
  const header = parse(text, `${place}, header at byte 8`);
  if (header === null || typeof header !== 'object') refuse(place, 'the header at byte 8 is no JSON object');
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  const left = size === undefined ? undefined : size - 8 - Number(length);
  return new Map(entries.map(([name, entry]) => [name, entryOf(`${place}:${name}`, entry, left)]));
}

function entryOf(place: string, entry: unknown, left: number | undefined): TensorEntry {
  const { dtype: kind, shape, data_offsets: offsets } = (entry ?? {}) as { readonly [key: string]: unknown };
  const dtype = typeof kind === 'string' && Object.hasOwn(SAFETENSORS, kind) ? SAFETENSORS[kind] : undefined;
  if (!dtype) {
    const name = typeof kind === 'string' ? kind : shown(kind);
    refuse(place, `dtype ${name}; allowed: ${Object.keys(SAFETENSORS).join(', ')}`);
  }
  if (!whole(shape)) refuse(place, `shape ${shown(shape)}`);
  assertShape(place, shape);
  if (!whole(offsets) || offsets.length !== 2) refuse(place, `data_offsets ${shown(offsets)}`);
  const [start = 0, end = 0] = offsets;
  const bfloat16 = kind === 'BF16';
  const bytes = countOf(shape) * (bfloat16 ? 2 : widthOf(dtype));
  if (end - start !== bytes)
    refuse(
      place,
      `data_offsets ${start}, ${end}, but shape [${shape.join(', ')}] of ${String(kind)} takes ${bytes} bytes`,
    );
  if (left !== undefined && end > left)
    refuse(place, `truncated: its values end at byte ${end} behind the header, the file at byte ${left}`);
  return { dtype, bfloat16, shape, start, end };
}
