import type { FloatType } from '@softmax/core';
import type { Trial } from './case.ts';
import { round } from './float.ts';
import { shortLengths } from './lengths.ts';
import { LOGITS, random, seedOf } from './random.ts';

export interface LogitRow {
  readonly x: number[];
  readonly where: string;
}

/** Rows of one distribution, one for each length. */
export function* shortRows(
  trial: Trial,
  name: string,
  lengths: readonly number[] = shortLengths(trial),
): Iterable<LogitRow> {
  const next = random(seedOf(trial.seed, name));
  for (const n of lengths) yield { x: LOGITS[name]?.(n, next) ?? [], where: `${name}, n = ${n}` };
}

/** One long row of each distribution. */
export function* longRows(trial: Trial, n: number, dtype: FloatType): Iterable<LogitRow> {
  const names = Object.keys(LOGITS).filter((_, k) => !trial.quick || k % 3 === 0);
  for (const name of names)
    for (const { x, where } of shortRows(trial, name, [n])) yield { x: x.map((v) => round(v, dtype)), where };
}

/** What float16 can hold. */
export const HALF = ['uniform-10', 'normal-10', 'one-dominant', 'ties'] as const;
export const DOUBLE = ['uniform-10', 'normal-50', 'one-dominant', 'near-10000', 'very-wide'] as const;
export const SINGLE: readonly string[] = Object.keys(LOGITS).filter((name) => name !== 'very-wide');
export const LONG = [1000, 4096, 50257] as const;
