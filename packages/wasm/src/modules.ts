import { BYTES } from './binary.generated.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The module that both kinds of machine are given, in which a·b + c is spelled as no machine would run it (see `spelled`).
 * It is gzipped before base64, in which nothing repeats any more. By a stream of its own: `Response` would do, and takes
 * 40 ms to load in Node.
 */
export async function template(base64: string): Promise<Bytes> {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(packed), writer.close()]);
  const bytes = new Uint8Array(BYTES);
  const reader = readable.getReader();
  let at = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes.set(part.value, at);
    at += part.value.length;
  }
  await written;
  return bytes;
}

/** No operation, three times. */
const NOTHING = [1, 1, 1];

/**
 * Opcodes of three bytes, 0xfd first, by their second: the product and the sum of a·b + c in f32x4 and f64x2 (spelled
 * relaxed_min and relaxed_max), as two roundings, and as relaxed_madd, which takes all three.
 */
const OPCODES: {
  readonly [second: number]: readonly [plain: readonly number[], relaxed: readonly number[]];
} = {
  141: [[0xfd, 0xe6, 1], NOTHING],
  142: [
    [0xfd, 0xe4, 1],
    [0xfd, 0x85, 2],
  ],
  143: [[0xfd, 0xf2, 1], NOTHING],
  144: [
    [0xfd, 0xf0, 1],
    [0xfd, 0x87, 2],
  ],
};

/** The module for machines with relaxed SIMD, or without. */
export function spelled(template: Bytes, relaxed: boolean): Bytes {
  const bytes = template.slice();
  for (let at = bytes.indexOf(0xfd); at >= 0; at = bytes.indexOf(0xfd, at + 1)) {
    const opcode = bytes[at + 2] === 2 && OPCODES[bytes[at + 1] ?? 0];
    if (opcode) bytes.set(opcode[relaxed ? 1 : 0], at);
  }
  return bytes;
}
