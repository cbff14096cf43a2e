import { MEMORY_LIMITS, PIECE, PLAIN, packed, RELAXED } from './binary.generated.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** One source, compiled twice. Multiply-adds round once in `relaxed`, twice in `plain`. */
export interface Modules {
  readonly relaxed: Bytes;
  readonly plain: Bytes;
}

/**
 * Unpacks both modules. They are gzipped together, in alternate pieces, so that a piece and its
 * counterpart are within the 32 kB window of deflate: the second module adds 1.1 kB.
 */
export async function unpackModules(): Promise<Modules> {
  const bytes = await gunzip(decodeBase64(packed()), RELAXED + PLAIN);
  const [relaxed, plain] = [new Uint8Array(RELAXED), new Uint8Array(PLAIN)];
  let position = 0;
  for (let start = 0; start < Math.max(RELAXED, PLAIN); start += PIECE)
    for (const module of [relaxed, plain]) {
      const length = Math.max(0, Math.min(PIECE, module.length - start));
      if (length > 0) module.set(bytes.subarray(position, position + length), start);
      position += length;
    }
  return { relaxed, plain };
}

/**
 * Limits of a memory type: 1 is a maximum, 3 a maximum and shared (threads proposal, binary
 * format).
 */
const SHARED_WITH_MAXIMUM = 3;

/**
 * Returns the module that imports shared memory. Compiled with `--sharedMemory` it would differ in
 * this byte alone, as its code has no atomic instructions; `assemble.mjs` finds the byte.
 */
export function withSharedMemory(module: Bytes): Bytes {
  const copy = module.slice();
  copy[MEMORY_LIMITS] = SHARED_WITH_MAXIMUM;
  return copy;
}

/** A loop takes 0.06 ms, `Uint8Array.from` with a function 1.4. */
function decodeBase64(text: string): Bytes {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let k = 0; k < bytes.length; k++) bytes[k] = letters.charCodeAt(k);
  return bytes;
}

/** Uses a stream of its own: `new Response(stream).arrayBuffer()` takes 40 ms to load in Node. */
async function gunzip(packed: Bytes, length: number): Promise<Bytes> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(packed), writer.close()]);
  const bytes = new Uint8Array(length);
  const reader = readable.getReader();
  let position = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes.set(part.value, position);
    position += part.value.length;
  }
  await written;
  return bytes;
}
