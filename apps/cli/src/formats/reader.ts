import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { InputError, refuse, said } from '../input-error.ts';

/** Bytes from front to back, of a file or a pipe. */
export interface Reader {
  readonly place: string;
  /** Undefined for a pipe. */
  readonly size: number | undefined;
  /** How many bytes have been taken. */
  readonly offset: number;
  /** Exactly so many bytes. @throws {InputError} where the end comes before */
  take(length: number, what: string): Promise<Buffer>;
  /** At most so many of the next bytes, which stay. */
  peek(length: number): Promise<Buffer>;
  skip(length: number, what: string): Promise<void>;
  /** All that is left, piece by piece. */
  rest(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

const STEP = 2 ** 16;

/** @throws {InputError} for a file that cannot be read */
export async function fileReader(path: string): Promise<Reader> {
  try {
    const file = await open(path);
    const found = await file.stat();
    const size = found.isFile() ? found.size : undefined;
    if (found.isDirectory()) {
      await file.close();
      refuse(path, 'it is a folder');
    }
    const stream = file.createReadStream({ autoClose: false, highWaterMark: STEP * 4 });
    return reader(path, stream, size, async () => {
      stream.destroy();
      await file.close();
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot read ${path}: ${said(error)}`);
  }
}

/** @param close ends what `stream` holds open */
export function reader(
  place: string,
  stream: Readable | AsyncIterable<Buffer>,
  size: number | undefined,
  close: () => Promise<void> = async () => {},
): Reader {
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let ready: Buffer[] = [];
  let count = 0;
  let offset = 0;
  const fill = async (length: number): Promise<void> => {
    while (count < length) {
      const { done, value } = await pieces.next();
      if (done) return;
      ready.push(value);
      count += value.length;
    }
  };
  /** The next bytes in one buffer; what is behind them stays. */
  const cut = (length: number): Buffer => {
    const all = ready.length === 1 && ready[0] ? ready[0] : Buffer.concat(ready);
    ready = all.length > length ? [all.subarray(length)] : [];
    count -= Math.min(length, all.length);
    offset += Math.min(length, all.length);
    return all.subarray(0, length);
  };
  const ended = (what: string): never =>
    refuse(place, `truncated: it ends at byte ${offset + count}, inside ${what}`);
  return {
    place,
    size,
    get offset() {
      return offset;
    },
    async take(length, what) {
      if (size !== undefined && offset + length > size)
        refuse(place, `truncated: ${what} ends at byte ${offset + length}, the file at byte ${size}`);
      await fill(length);
      if (count < length) ended(what);
      return cut(length);
    },
    async peek(length) {
      await fill(length);
      ready = [Buffer.concat(ready)];
      return ready[0]?.subarray(0, length) ?? Buffer.alloc(0);
    },
    async skip(length, what) {
      for (let left = length; left > 0; left -= Math.min(left, STEP)) {
        await fill(Math.min(left, STEP));
        if (count < Math.min(left, STEP)) ended(what);
        cut(Math.min(left, STEP));
      }
    },
    async *rest() {
      for (;;) {
        await fill(1);
        if (count === 0) return;
        yield cut(count);
      }
    },
    close,
  };
}
