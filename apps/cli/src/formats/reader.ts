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
  /** Takes exactly `length` bytes. @throws {InputError} if the input ends before */
  take(length: number, what: string): Promise<Buffer>;
  /** The same in memory that the next call overwrites, and that begins where an array of any type may. */
  block(length: number, what: string): Promise<Buffer<ArrayBuffer>>;
  /** Returns at most `length` of the next bytes without taking them. */
  peek(length: number): Promise<Buffer>;
  skip(length: number, what: string): Promise<void>;
  /** All that is left, piece by piece. */
  rest(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

const STEP = 2 ** 16;

/** Puts the next bytes at the front of `into` and says how many they are: none at the end. */
type Pull = (into: Uint8Array) => Promise<number>;

/** @throws {InputError} for a file that cannot be read */
export async function fileReader(path: string): Promise<Reader> {
  const explained = (error: unknown) => new InputError(`cannot read ${path}: ${said(error)}`);
  const file = await open(path).catch((error: unknown) => {
    throw explained(error);
  });
  const found = await file.stat();
  if (found.isDirectory()) {
    await file.close();
    refuse(path, 'it is a folder');
  }
  const pull: Pull = (into) =>
    file.read(into, 0, into.length).then(
      ({ bytesRead }) => bytesRead,
      (error: unknown) => {
        throw explained(error);
      },
    );
  const size = found.isFile() ? found.size : undefined;
  return reader({ place: path, pull, size, sizeIsCertain: size !== undefined, close: () => file.close() });
}

/**
 * @param size as an archive states it
 * @param close ends what `stream` holds open
 */
export function streamReader(
  place: string,
  stream: Readable | AsyncIterable<Buffer>,
  size?: number,
  close: () => Promise<void> = async () => {},
): Reader {
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let piece = Buffer.alloc(0);
  const pull: Pull = async (into) => {
    while (piece.length === 0) {
      const { done, value } = await pieces.next();
      if (done) return 0;
      piece = value as Buffer<ArrayBuffer>;
    }
    const count = piece.copy(into);
    piece = piece.subarray(count);
    return count;
  };
  return reader({ place, pull, size, sizeIsCertain: false, close });
}

interface Bytes {
  readonly place: string;
  readonly pull: Pull;
  readonly size: number | undefined;
  /** Whether the file system states the size, rather than a header. */
  readonly sizeIsCertain: boolean;
  readonly close: () => Promise<void>;
}

function reader({ place, pull, size, sizeIsCertain, close }: Bytes): Reader {
  let memory = Buffer.alloc(0);
  let ahead = Buffer.alloc(0);
  let offset = 0;
  const next: Pull = async (into) => {
    if (ahead.length === 0) return pull(into);
    const count = ahead.copy(into);
    ahead = ahead.subarray(count);
    return count;
  };
  /** Where the size is not certain never more than twice what came: a header may promise anything. */
  const enlarge = (length: number, got: number): void => {
    const wanted = sizeIsCertain ? length : Math.min(length, Math.max(STEP, 2 * got));
    try {
      const larger = Buffer.alloc(wanted);
      memory.copy(larger, 0, 0, got);
      memory = larger;
    } catch (error) {
      refuse(place, `no memory for ${wanted} bytes in one piece: ${said(error)}`);
    }
  };
  const block = async (length: number, what: string): Promise<Buffer<ArrayBuffer>> => {
    if (size !== undefined && offset + length > size)
      refuse(place, `truncated: ${what} ends at byte ${offset + length}, the file at byte ${size}`);
    for (let got = 0; got < length; ) {
      if (got === memory.length) enlarge(length, got);
      const count = await next(memory.subarray(got, length));
      if (count === 0) refuse(place, `truncated: it ends at byte ${offset + got}, inside ${what}`);
      got += count;
    }
    offset += length;
    return memory.subarray(0, length);
  };
  return {
    place,
    size,
    get offset() {
      return offset;
    },
    block,
    take: async (length, what) => Buffer.from(await block(length, what)),
    async peek(length) {
      if (ahead.length >= length) return ahead.subarray(0, length);
      const longer = Buffer.alloc(length);
      let got = ahead.copy(longer);
      for (let count = -1; got < length && count !== 0; got += count)
        count = await pull(longer.subarray(got));
      ahead = longer.subarray(0, got);
      return ahead;
    },
    async skip(length, what) {
      for (let left = length; left > 0; left -= Math.min(left, STEP)) await block(Math.min(left, STEP), what);
    },
    async *rest() {
      const piece = Buffer.allocUnsafeSlow(STEP);
      for (let count = await next(piece); count > 0; count = await next(piece)) {
        offset += count;
        // A copy as long as itself: a pipe may bring its bytes one by one, and readers keep what they get.
        yield Buffer.from(piece.subarray(0, count));
      }
    },
    close,
  };
}
