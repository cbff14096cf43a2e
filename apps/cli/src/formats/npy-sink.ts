import type { Target } from '../target.ts';
import { npyHeader } from './npy-header.ts';
import { encoded } from './numbers.ts';
import { alone, gathered, type MakeSink, type Rows, type Sink } from './sink.ts';

/** A .npy file, row by row. Where the number of rows is known only at the end, the header is written anew then. */
export const npySink: MakeSink = (target, rows) => {
  if (rows !== undefined || target.writeAt) return streamed(target, rows);
  // A pipe cannot go back.
  return gathered(async (whole) => {
    const sink = streamed(target, 'whole');
    await sink.write(whole);
    await sink.end();
  });
};

function streamed(target: Target, rows: Rows): Sink {
  let written = 0;
  let header: ((rows: number) => Buffer) | undefined;
  return {
    async write(block) {
      const { data, dtype, shape } = alone(block, 'npy');
      if (!header) {
        header = (length) => npyHeader(dtype, shape.length > 0 ? [length, ...shape.slice(1)] : []);
        await target.append(header(rows === 'whole' ? (shape[0] ?? 1) : (rows ?? 0)));
      }
      await target.append(encoded(data));
      written += shape[0] ?? 1;
    },
    async end() {
      if (rows === undefined && header) await target.writeAt?.(0, header(written));
    },
  };
}
