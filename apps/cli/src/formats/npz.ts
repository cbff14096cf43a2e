import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { InputError, refuse, said } from '../input-error.ts';
import { chosen } from './member.ts';
import { npySource } from './npy.ts';
import { streamReader } from './reader.ts';
import type { Source } from './source.ts';

/** One array of a .npz archive, read from a file, or from the bytes of a pipe. */
export async function npzSource(
  place: string,
  from: string | Buffer,
  member: string | undefined,
): Promise<Source> {
  const zip = await opened(place, from);
  try {
    const entries = await entriesOf(place, zip);
    const names = [...entries.keys()];
    const name = chosen(place, names, member);
    const entry = entries.get(name) ?? refuse(place, `no array ${name}`);
    if (entry.isEncrypted()) refuse(`${place}:${name}`, 'the archive is encrypted');
    const stream = await zip.openReadStreamPromise(entry);
    // Its errors reach whoever reads; before the first read and after the last nobody does.
    stream.on('error', () => {});
    const where = `${place}:${name}`;
    const bytes = verified(where, stream, entry);
    const close = async () => {
      stream.destroy();
      zip.close();
    };
    return await npySource(streamReader(where, bytes, entry.uncompressedSize, close)).catch(
      async (error: unknown) => {
        await close();
        throw error;
      },
    );
  } catch (error) {
    zip.close();
    throw error instanceof InputError ? error : new InputError(`${place}: ${said(error)}`);
  }
}

export async function npzMembers(path: string): Promise<string[]> {
  const zip = await opened(path, path);
  return entriesOf(path, zip)
    .then((entries) => [...entries.keys()])
    .finally(() => zip.close());
}

async function opened(place: string, from: string | Buffer): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false };
  try {
    return typeof from === 'string'
      ? await yauzl.openPromise(from, options)
      : await yauzl.fromBufferPromise(from, options);
  } catch (error) {
    return refuse(place, `no whole .npz archive: ${said(error)}`);
  }
}

async function entriesOf(place: string, zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry())
      if (entry.fileName.endsWith('.npy')) entries.set(entry.fileName.slice(0, -4), entry);
  } catch (error) {
    refuse(place, `no whole .npz archive: ${said(error)}`);
  }
  return entries;
}

/** The bytes, whose checksum is compared at their end. */
async function* verified(
  where: string,
  stream: AsyncIterable<Buffer>,
  { crc32: expected }: Entry,
): AsyncGenerator<Buffer> {
  let sum = 0;
  try {
    for await (const piece of stream) {
      sum = crc32(piece, sum);
      yield piece;
    }
  } catch (error) {
    refuse(where, `the archive is damaged: ${said(error)}`);
  }
  if (sum !== expected) refuse(where, 'the archive is damaged: its checksum is another');
}
