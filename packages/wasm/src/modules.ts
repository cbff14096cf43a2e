import { BYTES, MODULES, PIECE } from './binary.generated.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Both modules. They are gzipped together, since they are much alike, in pieces of each in turn, and before base64, in which nothing repeats any more. By a stream of its own: `Response` would do, and takes 40 ms to load in Node.
 */
export async function modules(): Promise<{ readonly plain: Bytes; readonly relaxed: Bytes }> {
  const packed = Uint8Array.from(atob(MODULES), (letter) => letter.charCodeAt(0));
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(packed), writer.close()]);
  const bytes: number[] = [];
  const reader = readable.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read())
    for (const byte of part.value) bytes.push(byte);
  await written;
  const [plain, relaxed] = BYTES.map((size) => new Uint8Array(size)) as [Bytes, Bytes];
  let from = 0;
  for (let at = 0; at < Math.max(...BYTES); at += PIECE)
    for (const module of [plain, relaxed]) {
      const size = Math.max(0, Math.min(PIECE, module.length - at));
      module.set(bytes.slice(from, from + size), Math.min(at, module.length));
      from += size;
    }
  return { plain, relaxed };
}
