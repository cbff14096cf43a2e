import { fromFloat16, toFloat16 } from '@softmax/core';
import type { NumberArray, Numbers, NumberType } from './numbers.ts';

/** A number as text files have it: also what NumPy, Python and spreadsheets write for what is not finite. */
export function parsed(text: string): number | undefined {
  const word = text.trim();
  // Each digit matches in one way, so that a long word that is no number is refused in linear time.
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(word)) return Number(word);
  const [, sign, name] = /^([+-]?)(nan|inf|infinity)$/i.exec(word) ?? [];
  if (name === undefined) return;
  if (name.toLowerCase() === 'nan') return Number.NaN;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** How many digits always suffice, and how a value is rounded to the type. */
const NARROW: { readonly [D in NumberType]?: { most: number; round: (value: number) => number } } = {
  float32: { most: 9, round: Math.fround },
  float16: { most: 5, round: (value) => fromFloat16(toFloat16(value)) },
};

/** The fewest digits that give the same value back in its own type: 0.1, not the float32's 0.10000000149011612. */
export function printer({ data, dtype }: Pick<Numbers, 'data' | 'dtype'>): (index: number) => string {
  const value = reading(data, dtype);
  const narrow = NARROW[dtype];
  if (!narrow) return (index) => (Object.is(data[index], -0) ? '-0' : String(data[index]));
  return (index) => {
    const exact = value(index);
    if (!Number.isFinite(exact) || Number.isInteger(exact))
      return Object.is(exact, -0) ? '-0' : String(exact);
    for (let digits = 1; digits < narrow.most; digits++) {
      const short = Number(exact.toPrecision(digits));
      if (narrow.round(short) === exact) return String(short);
    }
    return String(Number(exact.toPrecision(narrow.most)));
  };
}

/** The numbers themselves; of 64-bit integers the nearest doubles. */
export const reading =
  (data: NumberArray, dtype: NumberType): ((index: number) => number) =>
  (index) =>
    dtype === 'float16' ? fromFloat16(Number(data[index])) : Number(data[index]);
