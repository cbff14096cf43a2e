import type { FloatType } from '@softmax/core';
import { entmax } from '../oracle/entmax.ts';
import type { Expected } from '../oracle/expected.ts';
import { expectedOf, type Fast, fastCrossEntropyGrad, fastLogSoftmax, fastSoftmax } from '../oracle/fast.ts';
import { errorOf } from './judge.ts';

/** The results computed from one row of finite logits. */
export type RowResult = {
  readonly x: Float32Array;
  readonly got: ArrayLike<number>;
  readonly dtype?: FloatType;
} & (
  | { readonly op: 'softmax' | 'logSoftmax' | 'sparsemax' }
  | { readonly op: 'crossEntropyGrad'; readonly label: number }
);

/** The number of elements that are judged at once. */
const PART = 2 ** 16;

/**
 * Returns the worst error of a row, in units in the last place of the exact values by the suite's
 * oracle; of a gradient, in units of its largest term. For measuring systems that are no backends:
 * checks belong in the plan.
 *
 * @param row the logits and the results; `dtype` (default float32) is the type of the results
 */
export function worstUlp(row: RowResult): number {
  const { x, got, dtype = 'float32' } = row;
  if (row.op === 'sparsemax')
    return worstOf(got, 0, entmax({ x: Array.from(x), shape: [x.length], dtype }, 2));
  const fast = fastOf(row);
  let worst = 0;
  for (let start = 0; start < x.length; start += PART) {
    const end = Math.min(start + PART, x.length);
    worst = Math.max(worst, worstOf(got, start, expectedOf(fast, x.length, dtype, start, end)));
  }
  return worst;
}

function fastOf(row: RowResult): Fast {
  if (row.op === 'crossEntropyGrad') return fastCrossEntropyGrad(row.x, row.label);
  return row.op === 'softmax' ? fastSoftmax(row.x) : fastLogSoftmax(row.x);
}

function worstOf(got: ArrayLike<number>, start: number, expected: Expected): number {
  let worst = 0;
  for (let k = 0; k < expected.values.length; k++)
    worst = Math.max(worst, errorOf(got[start + k] as number, expected, k));
  return worst;
}
