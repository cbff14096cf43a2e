import { refuse } from '../input-error.ts';
import { assertShape } from './limits.ts';
import { isNumberType, type NumberType } from './numbers.ts';
import type { Reader } from './reader.ts';

/**
 * The header of a .npy file: \x93NUMPY, a version, the length of what follows, and a Python dictionary.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export interface NpyHeader {
  readonly dtype: NumberType;
  readonly shape: readonly number[];
  readonly fortran: boolean;
  readonly bigEndian: boolean;
}

export const NPY_MAGIC: Buffer = Buffer.from('\x93NUMPY', 'latin1');
/** The dictionary of an array of numbers takes some hundred bytes; 64 kB is what version 1 can hold. */
const LONGEST = 2 ** 16;

const KINDS: { readonly [kind: string]: string } = { f: 'float', i: 'int', u: 'uint' };

export async function readNpyHeader(from: Reader): Promise<NpyHeader> {
  const { place } = from;
  const magic = await from.take(8, 'the .npy magic and version');
  if (!magic.subarray(0, 6).equals(NPY_MAGIC))
    refuse(place, 'no .npy file: byte 0 does not begin \\x93NUMPY');
  const version = magic[6] ?? 0;
  if (version < 1 || version > 3)
    refuse(place, `.npy version ${version}.${magic[7]} at byte 6; allowed: 1.0, 2.0, 3.0`);
  const width = version === 1 ? 2 : 4;
  const length = (await from.take(width, 'the length of the .npy header')).readUIntLE(0, width);
  if (length > LONGEST)
    refuse(place, `the .npy header at byte 8 says it is ${length} bytes long; allowed: at most ${LONGEST}`);
  const at = from.offset;
  const text = (await from.take(length, 'the .npy header')).toString('latin1');
  const where = `${place}, header at byte ${at}`;
  const part = (key: string, form: RegExp): string => {
    // The value of the first such key alone is tried: a header of nothing but keys takes linear time.
    const begin = new RegExp(`['"]${key}['"]\\s*:\\s*`).exec(text);
    const value = begin ? form.exec(text.slice(begin.index + begin[0].length))?.[1] : undefined;
    return value ?? refuse(where, `no ${key} that can be read in ${text.trim()}`);
  };
  const dimensions = part('shape', /^\(([^)]*)\)/);
  const shape = dimensions
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => (/^\d+L?$/.test(each) ? Number.parseInt(each, 10) : Number.NaN));
  if (!shape.every(Number.isSafeInteger)) refuse(where, `shape (${dimensions})`);
  assertShape(where, shape);
  return {
    ...typeOf(part('descr', /^(\[.*?\]|\(.*?\)|'[^']*'|"[^"]*")/), where),
    shape,
    fortran: part('fortran_order', /^(True|False)/) === 'True',
  };
}

function typeOf(descr: string, where: string): Pick<NpyHeader, 'dtype' | 'bigEndian'> {
  const [, order, kind = '', size] = /^['"]([<>|=]?)([fiub])(\d+)['"]$/.exec(descr) ?? [];
  const dtype = kind === 'b' ? (size === '1' ? 'bool' : '') : `${KINDS[kind]}${Number(size) * 8}`;
  if (!isNumberType(dtype))
    refuse(where, `dtype ${descr}; allowed: floats of 2, 4, 8 bytes, integers, booleans`);
  return { dtype, bigEndian: order === '>' };
}

const DESCR: { readonly [D in NumberType]?: string } = { bool: '|b1', int8: '|i1', uint8: '|u1' };
const descrOf = (dtype: NumberType): string =>
  DESCR[dtype] ?? `<${dtype[0]}${Number(/\d+/.exec(dtype)?.[0]) / 8}`;

/** How many digits of the first length NumPy leaves room for, so that a file can grow in its place. */
const GROWTH = 21;

/** Version 1.0, byte for byte what NumPy writes: the values begin at a multiple of 64. */
export function npyHeader(dtype: NumberType, shape: readonly number[]): Buffer {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const room = shape.length > 0 ? ' '.repeat(GROWTH - String(shape[0]).length) : '';
  const text = `{'descr': '${descrOf(dtype)}', 'fortran_order': False, 'shape': ${tuple}, }${room}`;
  const length = (Math.floor((text.length + 11) / 64) + 1) * 64;
  const head = Buffer.alloc(length, ' ');
  NPY_MAGIC.copy(head);
  head.set([1, 0, (length - 10) & 255, (length - 10) >> 8], 6);
  head.write(text, 10, 'latin1');
  head[length - 1] = 10;
  return head;
}
