import { crc32, deflateRawSync } from 'node:zlib';
import { type Chance, damaged, NAMES } from '../chance.ts';
import { npy } from './npy.ts';

/** A file of an archive, and what the archive says of it where that is not true. */
export interface Entry {
  readonly name: string;
  readonly content: Buffer;
  readonly deflated?: boolean;
  readonly size?: number;
  readonly compressedSize?: number;
  readonly checksum?: number;
  readonly flags?: number;
  readonly method?: number;
}

export function npz(chance: Chance): Buffer {
  const entries = chance.list(chance.pick([0, 1, 1, 1, 1, 2, 3]), (): Entry => {
    const name = chance.once(3) ? chance.pick(NAMES).slice(0, 60_000) : 'x';
    const content = chance.once(8) ? damaged(npy(chance), chance) : npy(chance);
    const size = () => chance.pick([0, content.length + 1, content.length >> 1, 2 ** 31, 2 ** 32 - 2]);
    return {
      name: `${name}${chance.once(20) ? '.txt' : '.npy'}`,
      content,
      deflated: chance.once(2),
      ...(chance.once(8) && { size: size() }),
      ...(chance.once(12) && { compressedSize: size() }),
      ...(chance.once(25) && { checksum: 7 }),
      ...(chance.once(30) && { flags: 1 }),
      ...(chance.once(40) && { method: chance.below(100) }),
    };
  });
  return archive(entries, chance.once(20) ? chance.below(2 ** 16) : entries.length);
}

/** A zip archive by its specification (APPNOTE 4.3). */
export function archive(entries: readonly Entry[], count: number = entries.length): Buffer {
  const files = entries.map(fileOf);
  let offset = 0;
  for (const { local, central } of files) {
    central.writeUInt32LE(offset, 42);
    offset += local.length;
  }
  const directory = Buffer.concat(files.map(({ central }) => central));
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files.map(({ local }) => local), directory, end]);
}

function fileOf({ name, content, deflated = false, ...stated }: Entry): { local: Buffer; central: Buffer } {
  const data = deflated ? deflateRawSync(content) : content;
  const bytes = Buffer.from(name);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(stated.flags ?? 0x800, 2);
  fields.writeUInt16LE(stated.method ?? (deflated ? 8 : 0), 4);
  fields.writeUInt32LE(stated.checksum ?? crc32(content), 10);
  fields.writeUInt32LE(stated.compressedSize ?? data.length, 14);
  fields.writeUInt32LE(stated.size ?? content.length, 18);
  fields.writeUInt16LE(bytes.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, bytes, data]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    fields,
    Buffer.alloc(14),
    bytes,
  ]);
  return { local, central };
}
