import { refuse } from '../input-error.ts';
import { flat, parse } from './json.ts';
import { LONGEST_RECORD } from './limits.ts';
import type { Reader } from './reader.ts';
import { type Row, rowSource } from './row-source.ts';
import type { Source } from './source.ts';

/** One row of the array in each line, as JSON; empty lines are none. */
export const jsonLinesSource = (from: Reader): Promise<Source> => rowSource(from, rows(from));

async function* rows(from: Reader): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of lines(from)) {
    line++;
    if (text.trim() === '') continue;
    const place = `${from.place}, line ${line}`;
    const value = parse(text, place);
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      refuse(place, 'an object where a row of numbers is');
    yield { place, ...flat(value, place) };
  }
}

/** Line by line; readline takes in a thousand of them before it pauses its input. */
async function* lines(from: Reader): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // The pieces of a line that has not ended, joined once: joined at each piece they would take quadratic time.
  let begun: string[] = [];
  let length = 0;
  for await (const piece of from.rest()) {
    const parts = decoder.decode(piece, { stream: true }).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      yield begun.join('') + part;
      begun = [];
      length = 0;
    }
    begun.push(last);
    length += last.length;
    if (length > LONGEST_RECORD) refuse(from.place, `a line of more than ${LONGEST_RECORD} characters`);
  }
  yield begun.join('');
}
