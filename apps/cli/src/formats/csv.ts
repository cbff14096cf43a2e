import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { refuse } from '../input-error.ts';
import { shown } from '../shown.ts';
import { LONGEST_RECORD } from './limits.ts';
import { parsed } from './number-text.ts';
import type { Reader } from './reader.ts';
import { type Row, rowSource } from './row-source.ts';
import type { Source } from './source.ts';

/** Rows of numbers. A first line in which no cell is a number names the columns, and is passed over. */
export const csvSource = (from: Reader, delimiter: ',' | '\t'): Promise<Source> =>
  rowSource(from, rows(from, delimiter));

interface Record {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function* rows(from: Reader, delimiter: string): AsyncGenerator<Row> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    max_record_size: LONGEST_RECORD,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  const bytes = Readable.from(from.rest());
  bytes.on('error', (error) => parser.destroy(error));
  bytes.pipe(parser);
  let first = true;
  try {
    for await (const { record, info } of parser as AsyncIterable<Record>) {
      const place = `${from.place}, line ${info.lines}`;
      const values = record.map(parsed);
      const named = first && values.every((value) => value === undefined);
      first = false;
      if (named) continue;
      const wrong = values.indexOf(undefined);
      if (wrong >= 0) refuse(`${place}, column ${wrong + 1}`, `${shown(record[wrong])} is no number`);
      yield { place, values: values as number[], shape: [values.length] };
    }
  } catch (error) {
    if (error instanceof CsvError) refuse(from.place, error.message);
    throw error;
  } finally {
    bytes.destroy();
    parser.destroy();
  }
}
