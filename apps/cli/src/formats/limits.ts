import { refuse } from '../input-error.ts';
import { countOf } from './numbers.ts';

/** The largest number of axes, as in NumPy 2 (NPY_MAXDIMS). */
export const MOST_AXES: number = 64;

/** The largest product of the other lengths of a shape in which one is 0: nothing in the file bounds it. */
const MOST_EMPTY: number = 2 ** 20;

/** The most bytes of a row of text: a line of .jsonl, a record of .csv or .tsv. */
export const LONGEST_RECORD: number = 2 ** 26;

/** The most bytes of a .json, which is parsed as one string: V8's longest is 2²⁹ − 24 characters. */
export const LONGEST_JSON: number = 2 ** 29 - 24;

/** @throws {InputError} for a shape that a file of a few bytes could state and no memory could hold */
export function assertShape(place: string, shape: readonly number[]): void {
  if (shape.length > MOST_AXES) refuse(place, `${shape.length} axes; allowed: at most ${MOST_AXES}`);
  const others = countOf(shape.filter((length) => length > 0));
  if (shape.includes(0) && others > MOST_EMPTY)
    refuse(
      place,
      `shape (${shape.join(', ')}) without values; allowed: other lengths whose product is at most ${MOST_EMPTY}`,
    );
}
