import { takes } from '../../operations/described.ts';
import { alphaOf, type Backward, type Forward } from '../../operations/entmax.ts';
import type { Case } from '../../plan/case.ts';

export const inf: number = Number.POSITIVE_INFINITY;

/** Every α that the cases of an operation are made for: only entmax has a choice. */
const alphasOf = (op: Forward | Backward, alphas: readonly number[]): readonly number[] =>
  takes(op, 'alpha') ? alphas : [alphaOf(op)];

/** The name of a case, with its α where there are several. */
export const named = (op: Forward | Backward, name: string, alpha: number): string =>
  takes(op, 'alpha') ? `alpha-${alpha === inf ? 'infinity' : String(alpha).replace('.', '-')}-${name}` : name;

/** The same cases for each α. */
export const each = (
  op: Forward | Backward,
  alphas: readonly number[],
  make: (alpha: number) => readonly Case[],
): readonly Case[] => alphasOf(op, alphas).flatMap(make);
