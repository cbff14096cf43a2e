import { refuse } from '../input-error.ts';
import { room } from './numbers.ts';
import type { Reader } from './reader.ts';
import type { Source } from './source.ts';

/** A row of a text file, and where it stands. */
export interface Row {
  readonly place: string;
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

/**
 * Rows of text as float64, all of the first one's shape. Their number is known at the end.
 *
 * @throws {InputError} for a file without a row, and where rows are ragged
 */
export async function rowSource(from: Reader, rows: AsyncGenerator<Row>): Promise<Source> {
  const close = async () => {
    await rows.return(undefined);
    await from.close();
  };
  const start = await rows.next().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  if (start.done) {
    await close();
    return refuse(from.place, 'it is empty');
  }
  const { shape } = start.value;
  const size = start.value.values.length;
  let first: Row | undefined = start.value;
  const memory = room();
  const following = async (): Promise<Row | undefined> => {
    const row = first ?? (await rows.next()).value;
    first = undefined;
    return row || undefined;
  };
  return {
    place: from.place,
    dtype: 'float64',
    shape: [undefined, ...shape],
    get read() {
      return from.size === undefined ? undefined : { done: from.offset, total: from.size };
    },
    async next(count) {
      const data = memory('float64', count * size) as Float64Array<ArrayBuffer>;
      let made = 0;
      while (made < count) {
        const row = await following();
        if (!row) break;
        if (`${row.shape}` !== `${shape}`)
          refuse(row.place, `ragged: ${row.values.length} values, the first row has ${size}`);
        data.set(row.values, made++ * size);
      }
      if (made === 0) return;
      return { data: data.subarray(0, made * size), dtype: 'float64', shape: [made, ...shape] };
    },
    close,
  };
}
