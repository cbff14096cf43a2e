import { chosen } from './member.ts';
import { decoded, type NumberArray, type Numbers, type Room, room } from './numbers.ts';
import type { Reader } from './reader.ts';
import { readSafetensorsHeader, type TensorEntry } from './safetensors-header.ts';
import type { Source } from './source.ts';

/** One tensor of a .safetensors file. */
export async function safetensorsSource(from: Reader, member: string | undefined): Promise<Source> {
  const entries = await readSafetensorsHeader(from);
  const name = chosen(from.place, [...entries.keys()], member);
  // `chosen` gives a name of the list.
  const entry = entries.get(name) as TensorEntry;
  const { dtype, shape, start, end } = entry;
  await from.skip(start, `what lies before ${name}`);
  const begin = from.offset;
  const memory = room();
  const [length = 1] = shape;
  const row = length ? (end - start) / length : 0;
  let at = 0;
  return {
    place: `${from.place}:${name}`,
    dtype,
    shape,
    get read() {
      return { done: from.offset - begin, total: end - start };
    },
    async next(rows): Promise<Numbers | undefined> {
      if (at >= length) return;
      const count = shape.length === 0 ? 1 : Math.min(rows, length - at);
      const data = values(await from.block(count * row, `the values of ${name}`), entry, memory);
      at += count;
      return { data, dtype, shape: shape.length === 0 ? [] : [count, ...shape.slice(1)] };
    },
    close: () => from.close(),
  };
}

/** A bfloat16 is the upper half of a float32. */
function values(bytes: Buffer<ArrayBuffer>, { dtype, bfloat16 }: TensorEntry, memory: Room): NumberArray {
  if (!bfloat16) return decoded(bytes, dtype);
  const bits = decoded(bytes, 'uint16') as Uint16Array;
  const wide = memory('uint32', bits.length);
  for (let k = 0; k < bits.length; k++) wide[k] = (bits[k] as number) << 16;
  return memory('float32', bits.length);
}
