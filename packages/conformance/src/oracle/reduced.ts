import type { FloatType } from '@softmax/core';
import { absolute, type Big, big, divide, multiply, nearest, ONE, total, trim, ZERO } from './big.ts';
import { Expected } from './expected.ts';
import type { Value } from './layer.ts';
import { isEndless, lifted } from './unbounded.ts';

export interface Reduction {
  readonly target: readonly number[];
  readonly ignoreIndex?: number;
  readonly reduction?: 'mean' | 'sum' | 'none';
  readonly tokenWeight?: readonly number[];
  readonly denominator?: number;
  readonly dy?: number | readonly number[];
}

/** The loss of a row; how far it moves with the rounding of its logits. */
export interface RowLoss {
  readonly value: Value;
  readonly moved: number;
}

/**
 * Rows of n classes that count, reduced. `solve` is asked for them alone, with what scales their
 * gradients.
 */
export function reduced(
  { target, ignoreIndex = -100, reduction = 'mean', tokenWeight, denominator, dy = 1 }: Reduction,
  dtype: FloatType,
  n: number,
  solve: (row: number, scale: Value) => RowLoss,
): Expected {
  const weights = target.map((label, row) => big(label === ignoreIndex ? 0 : (tokenWeight?.[row] ?? 1)));
  const mass = total(weights);
  const empty = reduction === 'mean' && mass.m === 0n;
  const by = reduction !== 'mean' || empty ? ONE : denominator === undefined ? mass : big(denominator);
  const out = new Expected('sum-of-terms', dtype, reduction === 'none' ? [target.length] : [], n);
  const sums = { finite: ZERO as Big, lost: 0, moved: 0 };
  for (const [row, weight] of weights.entries()) {
    if (weight.m === 0n || empty) continue;
    const share = divide(weight, by);
    const g = typeof dy === 'number' ? dy : (dy[row] as number);
    const own = solve(row, isEndless(g) ? lifted(share, g) : trim(multiply(share, big(g))));
    const value = typeof own.value === 'number' ? own.value : trim(multiply(own.value, share));
    const moved = own.moved * nearest(share);
    if (reduction === 'none') set(out, row, value, moved);
    else if (typeof value === 'number') sums.lost += value;
    else sums.finite = total([sums.finite, value]);
    sums.moved += moved;
  }
  if (reduction !== 'none') set(out, 0, sums.lost === 0 ? sums.finite : sums.lost, sums.moved);
  return out;
}

/** Losses are sums of terms of one sign: their size is their own. */
function set(out: Expected, at: number, value: Value, moved: number): void {
  if (typeof value === 'number') out.set(at, value);
  else out.set(at, value, 0, absolute(value));
  const size = out.largest[at] as number;
  out.blur[at] = size === 0 ? 0 : (2 * moved) / size;
}
