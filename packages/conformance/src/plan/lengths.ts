import type { FloatType } from '@softmax/core';
import type { Trial } from './case.ts';

/**
 * Every remainder of a vector register, and both sides of the powers of two above
 * (mlx #1467: 127, 128).
 */
const PLACES = [...Array.from({ length: 17 }, (_, k) => k + 1), 31, 32, 33, 63, 64, 65];
/** Longer rows, in float32. */
const LONGER = [127, 128, 129, 255, 256, 257];
const FEW = [1, 2, 3, 4, 5, 8, 9, 17, 33];

export const placeLengths = ({ quick }: Trial, dtype: FloatType): readonly number[] =>
  quick ? FEW : dtype === 'float32' ? [...PLACES, ...LONGER] : PLACES;

/** The tested positions of a row: all of a short one, the ends and the middle of a long one. */
export function placesIn(n: number): number[] {
  const all = Array.from({ length: n }, (_, k) => k);
  return n <= 17 ? all : all.filter((k) => k === 0 || k >= n - 2 || (n > 65 && k === n >> 1));
}

/** Row lengths for accuracy: all up to 64, in quick runs a few. */
export const shortLengths = ({ quick }: Trial): readonly number[] =>
  quick ? [1, 2, 3, 7, 8, 16, 33, 64] : Array.from({ length: 64 }, (_, k) => k + 1);
