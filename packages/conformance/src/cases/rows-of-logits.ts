import type { Trial } from '../plan/case.ts';
import { shortLengths } from '../plan/lengths.ts';
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

/** What float16 can hold. */
export const HALF = ['uniform-10', 'normal-10', 'one-dominant', 'ties', 'digits'] as const;
export const DOUBLE = ['uniform-10', 'normal-50', 'one-dominant', 'near-10000', 'very-wide'] as const;
export const SINGLE: readonly string[] = Object.keys(LOGITS).filter((name) => name !== 'very-wide');
