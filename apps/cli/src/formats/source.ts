import { setImmediate as turn } from 'node:timers/promises';
import { joined, type Numbers, type NumberType } from './numbers.ts';

/** Numbers that are read in blocks along their first axis, so that they need not fit into memory. */
export interface Source {
  /** For messages: the file, and what in it. */
  readonly place: string;
  readonly dtype: NumberType;
  /** Its first length is undefined where only the end of the file tells it. */
  readonly shape: readonly (number | undefined)[];
  /** The share of the file that has been read, in bytes; undefined where its size is not known. */
  readonly read: { readonly done: number; readonly total: number } | undefined;
  /**
   * The next `rows` of them, fewer at the end, then none; all of them at once where they have no axis. They stand in
   * memory that the next call may overwrite.
   */
  next(rows: number): Promise<Numbers | undefined>;
  close(): Promise<void>;
}

/** Enough for a block to keep a backend busy, little beside its memory: 2¹⁸ numbers, 2 MB in float64. */
const BLOCK = 2 ** 18;

export const rowsPerBlock = (shape: readonly (number | undefined)[]): number => {
  const row = shape.slice(1).reduce<number>((size, length) => size * (length ?? 1), 1);
  return Math.max(1, Math.floor(BLOCK / Math.max(row, 1)));
};

/** Lets the event loop turn before each block, so that signals are answered where nothing else is awaited. */
export const yielding = (source: Source): Source => ({
  place: source.place,
  dtype: source.dtype,
  shape: source.shape,
  get read() {
    return source.read;
  },
  async next(rows) {
    await turn();
    return source.next(rows);
  },
  close: () => source.close(),
});

/** All of them. */
export async function wholeOf(source: Source): Promise<Numbers> {
  const { dtype, shape } = source;
  const blocks: Numbers[] = [];
  const rows = rowsPerBlock(shape);
  for (let block = await source.next(rows); block; block = await source.next(rows))
    blocks.push({ ...block, data: block.data.slice() });
  return joined(blocks, { dtype, shape: [0, ...shape.slice(1).map(Number)] });
}

/** Numbers that are in memory already. */
export function held(place: string, { data, dtype, shape }: Numbers): Source {
  let at = 0;
  const [length = 1] = shape;
  const size = length ? data.length / length : 0;
  return {
    place,
    dtype,
    shape,
    read: undefined,
    async next(rows) {
      if (shape.length === 0 && at++ === 0) return { data, dtype, shape };
      if (at >= length) return;
      const end = Math.min(at + rows, length);
      const part = data.subarray(at * size, end * size);
      const block = { data: part, dtype, shape: [end - at, ...shape.slice(1)] };
      at = end;
      return block;
    },
    async close() {},
  };
}
