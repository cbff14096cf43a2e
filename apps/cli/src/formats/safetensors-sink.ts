import type { Target } from '../target.ts';
import { countOf, encoded, type Numbers, widthOf } from './numbers.ts';
import { SAFETENSORS } from './safetensors-header.ts';
import { gathered, type MakeSink, type Named, type Sink } from './sink.ts';

/** A .safetensors file; row by row where it is a file and the number of rows is known. */
export const safetensorsSink: MakeSink = (target, rows) =>
  typeof rows === 'number' && target.writeAt
    ? streamed(target, target.writeAt, rows)
    : gathered(async (whole) => {
        await target.append(headed(whole).header);
        for (const { data } of Object.values(whole)) await target.append(encoded(data));
      });

function streamed(target: Target, writeAt: NonNullable<Target['writeAt']>, rows: number): Sink {
  let places: { [name: string]: number } | undefined;
  return {
    async write(block) {
      if (!places) {
        const { header, starts } = headed(block, rows);
        await target.append(header);
        places = starts;
      }
      for (const [name, { data }] of Object.entries(block)) {
        const at = places[name] ?? 0;
        await writeAt(at, encoded(data));
        places[name] = at + data.byteLength;
      }
    },
    async end() {},
  };
}

const NAMES = Object.entries(SAFETENSORS).filter(([name]) => name !== 'BF16');
const nameOf = ({ dtype }: Numbers): string => NAMES.find(([, each]) => each === dtype)?.[0] ?? '';

/** The header, padded so that the values begin at a multiple of 8, and where in the file each tensor begins. */
function headed(block: Named, rows?: number): { header: Buffer; starts: { [name: string]: number } } {
  let end = 0;
  const entries = Object.entries(block).map(([name, numbers]) => {
    const shape = rows === undefined ? numbers.shape : [rows, ...numbers.shape.slice(1)];
    const start = end;
    end += countOf(shape) * widthOf(numbers.dtype);
    return [name, { dtype: nameOf(numbers), shape, data_offsets: [start, end] as const }] as const;
  });
  const text = JSON.stringify(Object.fromEntries(entries));
  const json = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const header = Buffer.concat([Buffer.alloc(8), json]);
  header.writeBigUInt64LE(BigInt(json.length));
  const starts = entries.map(([name, { data_offsets }]) => [name, header.length + data_offsets[0]]);
  return { header, starts: Object.fromEntries(starts) as { [name: string]: number } };
}
