import type { FloatType } from '@softmax/core';
import type { Logits } from '../../operations/distribution.ts';
import type { Trial } from '../../plan/case.ts';
import { placeLengths, placesIn } from '../../plan/lengths.ts';
import { SIZES } from '../cotangents.ts';
import { random, seedOf } from '../random.ts';

/** Logits for one mistake, in any float type. */
export interface Special {
  readonly name: string;
  readonly mistake: string;
  readonly examples: readonly Logits[] | ((trial: Trial, dtype: FloatType) => Iterable<Logits>);
}

/**
 * For each length one tensor: a row for each place with something put there, and a plain row between two of them,
 * which must not notice.
 */
export function* everyPlace(
  trial: Trial,
  dtype: FloatType,
  put: (row: number[], k: number) => void,
): Iterable<Logits> {
  for (const n of placeLengths(trial, dtype)) {
    const next = random(seedOf(trial.seed, `places ${n}`));
    const rows: number[][] = [];
    for (const k of placesIn(n)) {
      const row = plain(n, next);
      put(row, k);
      rows.push(row);
      if (k % 8 === 0) rows.push(plain(n, next));
    }
    yield { x: rows.flat(), shape: [rows.length, n], dtype, where: `n = ${n}` };
  }
}

/** A value at every place. */
export const valueAt = (name: string, mistake: string, value: number): Special => ({
  name,
  mistake,
  examples: (trial, dtype) =>
    everyPlace(trial, dtype, (row, k) => {
      row[k] = value;
    }),
});

/** The bits of a significand, its first one among them. */
const SIGNIFICAND = { float16: 11, float32: 24, float64: 53 } as const;

/**
 * One logit of each row below the others by about as much as adding it to round would take: m·2^k·ln 2, m = 1 and 1.5,
 * for k about the bits of a significand, and by a little more and less.
 */
export function* farBelow(dtype: FloatType, sign: 1 | -1): Iterable<Logits> {
  for (let k = SIGNIFICAND[dtype] - 3; k <= SIGNIFICAND[dtype] + 1; k++) {
    const rows = [1, 1.5].flatMap((m) =>
      Array.from({ length: 9 }, (_, step) => {
        const far = (m * 2 ** k + 16 * step - 96) * Math.LN2;
        return Array.from({ length: 10 }, (__, at) => (at === step ? -sign * far : at % 3));
      }),
    );
    yield { x: rows.flat(), shape: [rows.length, 10], dtype, where: `by about 2^${k}·ln 2` };
  }
}

/** The same with a mask that hides one place, which holds something bad, and with one that hides all others. */
export function* everyMask(trial: Trial, dtype: FloatType, hidden: readonly number[]): Iterable<Logits> {
  for (const n of placeLengths(trial, dtype)) {
    const next = random(seedOf(trial.seed, `masks ${n}`));
    const rows: number[][] = [];
    const masks: boolean[][] = [];
    for (const k of placesIn(n)) {
      const bad = hidden[k % hidden.length] as number;
      rows.push(plain(n, next).with(k, bad), new Array<number>(n).fill(bad).with(k, 3 * next()));
      masks.push(
        new Array<boolean>(n).fill(true).with(k, false),
        new Array<boolean>(n).fill(false).with(k, true),
      );
    }
    yield { x: rows.flat(), shape: [rows.length, n], dtype, mask: masks.flat(), where: `n = ${n}` };
  }
}

export const plain = (n: number, next: () => number): number[] =>
  Array.from({ length: n }, () => 8 * next() - 4);

/** A cotangent for each example: numbers of both signs that no sum makes vanish. */
export function* withCotangent<E extends Logits>(
  trial: Trial,
  examples: Iterable<E>,
): Iterable<E & { dy: number[] }> {
  const next = random(seedOf(trial.seed, 'cotangent'));
  for (const example of examples) yield { ...example, dy: example.x.map(() => 4 * next() - 2) };
}

/** Rows with a largest entry at every place, and cotangents of every size that the type has. */
export function* cotangentsOfAnySize(
  trial: Trial,
  dtype: 'float32' | 'float64',
): Iterable<Logits & { dy: number[] }> {
  const rows = everyPlace(trial, dtype, (row, k) => {
    row[k] = 5;
  });
  for (const row of withCotangent(trial, rows))
    for (const size of SIZES[dtype])
      yield { ...row, dy: row.dy.map((v) => v * size), where: `${row.where} of size ${size}` };
}
