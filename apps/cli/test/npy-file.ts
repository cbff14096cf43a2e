import { open } from 'node:fs/promises';

/** A .npy file of float32 rows, of which `rows` are written and the rest of the file is zeros that take no disk. */
export async function npyFile(
  path: string,
  shape: readonly [number, number],
  values: Float32Array<ArrayBuffer> = new Float32Array(0),
): Promise<void> {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }\n`;
  const head = Buffer.from(`\x93NUMPY\x01\x00${String.fromCharCode(text.length)}\x00${text}`, 'latin1');
  const file = await open(path, 'w');
  await file.write(Buffer.concat([head, new Uint8Array(values.buffer)]));
  await file.truncate(head.length + shape[0] * shape[1] * 4);
  await file.close();
}
