import { InputError, refuse, said } from '../input-error.ts';
import { shown } from '../shown.ts';
import { assertShape, LONGEST_JSON, MOST_AXES } from './limits.ts';
import { chosen } from './member.ts';
import { parsed } from './number-text.ts';
import type { Numbers } from './numbers.ts';
import type { Reader } from './reader.ts';
import { held, type Source } from './source.ts';

/** Nested arrays of numbers, as float64; or an object of such by name. What is not finite is a string: "-Infinity". */
export async function jsonSource(from: Reader, member: string | undefined): Promise<Source> {
  const { place } = from;
  const value = parse((await whole(from)).toString('utf8'), place);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    if (member !== undefined) refuse(place, `no array ${member}: it holds one without a name`);
    return held(place, nested(value, place));
  }
  const name = chosen(place, Object.keys(value), member);
  const where = `${place}:${name}`;
  return held(where, nested((value as { readonly [name: string]: unknown })[name], where));
}

async function whole(from: Reader): Promise<Buffer> {
  const tooLong = (): never =>
    refuse(from.place, `more than ${LONGEST_JSON} bytes of JSON; .jsonl has no such limit`);
  if ((from.size ?? 0) > LONGEST_JSON) tooLong();
  const pieces: Buffer[] = [];
  for await (const piece of from.rest()) {
    pieces.push(piece);
    if (from.offset > LONGEST_JSON) tooLong();
  }
  await from.close();
  return Buffer.concat(pieces);
}

export function parse(text: string, place: string): unknown {
  if (text.trim() === '') refuse(place, 'it is empty');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${place}: no JSON: ${said(error)}`);
  }
}

function nested(value: unknown, place: string): Numbers {
  const { values, shape } = flat(value, place);
  return { data: Float64Array.from(values), dtype: 'float64', shape };
}

/** @throws {InputError} names the first list that is ragged, or what is no number, by its place: [1][0] */
export function flat(value: unknown, place: string): { values: number[]; shape: number[] } {
  const shape: number[] = [];
  for (let item = value; Array.isArray(item); item = item[0]) {
    shape.push(item.length);
    if (shape.length > MOST_AXES) refuse(place, `more than ${MOST_AXES} axes`);
  }
  assertShape(place, shape);
  const values: number[] = [];
  const walk = (item: unknown, at: readonly number[]): void => {
    const where = at.map((index) => `[${index}]`).join('');
    const length = shape[at.length];
    if (length === undefined) values.push(number(item, `${place}${where}`));
    else if (!Array.isArray(item)) refuse(`${place}${where}`, `${shown(item)} where a list is`);
    else if (item.length !== length)
      refuse(`${place}${where}`, `ragged: ${item.length} entries, the first has ${length}`);
    else for (const [index, each] of item.entries()) walk(each, [...at, index]);
  };
  walk(value, []);
  return { values, shape };
}

function number(item: unknown, place: string): number {
  if (typeof item === 'number') return item;
  if (typeof item === 'boolean') return Number(item);
  const value = typeof item === 'string' ? parsed(item) : undefined;
  return value ?? refuse(place, `${shown(item)} is no number`);
}
