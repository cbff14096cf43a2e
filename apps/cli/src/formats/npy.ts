import { refuse } from '../input-error.ts';
import { interruptible } from '../signals.ts';
import { type NpyHeader, readNpyHeader } from './npy-header.ts';
import { countOf, decoded, type NumberArray, type Numbers, rowMajor, widthOf } from './numbers.ts';
import type { Reader } from './reader.ts';
import { held, type Source } from './source.ts';

/** A .npy array, in any of its byte orders; one in Fortran order is read whole. */
export async function npySource(from: Reader): Promise<Source> {
  const header = await readNpyHeader(from);
  const bytes = bytesOf(header, from);
  const { dtype, shape } = header;
  if (header.fortran && shape.length > 1) {
    const data = await values(from, bytes, header);
    await ended(from);
    const ordered = await interruptible(() => rowMajor({ data, dtype, shape }));
    return { ...held(from.place, ordered), close: () => from.close() };
  }
  const [length = 1] = shape;
  const row = length ? bytes / length : 0;
  let at = 0;
  return {
    place: from.place,
    dtype,
    shape,
    get read() {
      return from.size === undefined ? undefined : { done: from.offset, total: from.size };
    },
    async next(rows): Promise<Numbers | undefined> {
      if (at >= length) {
        await ended(from);
        return;
      }
      const count = shape.length === 0 ? 1 : Math.min(rows, length - at);
      const data = await values(from, count * row, header);
      at += count;
      return { data, dtype, shape: shape.length === 0 ? [] : [count, ...shape.slice(1)] };
    },
    close: () => from.close(),
  };
}

/** The bytes that the values take; known to be there where the size of the file is. */
function bytesOf({ dtype, shape }: NpyHeader, { place, size, offset }: Reader): number {
  const bytes = countOf(shape) * widthOf(dtype);
  const what = `shape (${shape.join(', ')}) of ${dtype}`;
  if (!Number.isSafeInteger(bytes)) refuse(place, `the header says ${what}, more than any file holds`);
  if (size !== undefined && offset + bytes > size)
    refuse(place, `truncated: ${what} ends at byte ${offset + bytes}, the file at byte ${size}`);
  return bytes;
}

async function values(from: Reader, length: number, { dtype, bigEndian }: NpyHeader): Promise<NumberArray> {
  const bytes = await from.block(length, 'the values');
  const width = widthOf(dtype);
  if (bigEndian && width === 2) bytes.swap16();
  if (bigEndian && width === 4) bytes.swap32();
  if (bigEndian && width === 8) bytes.swap64();
  return decoded(bytes, dtype);
}

/** A file that goes on behind its values is not what its header says. */
async function ended(from: Reader): Promise<void> {
  const { offset } = from;
  if ((await from.peek(1)).length > 0)
    refuse(from.place, `the values end at byte ${offset}, the file does not`);
}
