import { MODULES, PLAIN_BYTES } from './binary.generated.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Both modules. They are gzipped together, since they are much alike, and before base64, in which nothing repeats any more:
 * 11 kB of a gzipped bundle instead of 21. By a stream of its own: `Response` would do, and takes 40 ms to load in Node.
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
  return {
    plain: Uint8Array.from(bytes.slice(0, PLAIN_BYTES)),
    relaxed: Uint8Array.from(bytes.slice(PLAIN_BYTES)),
  };
}
