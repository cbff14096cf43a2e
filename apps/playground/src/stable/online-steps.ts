import { type LogSumExpState, logSumExpState } from '@softmax/core';

export const LOGITS: readonly number[] = [998, 1000, 999, 990, 1002, 1001, 1002];

/** The state after so many logits, and what happened with the last one. */
export interface Step {
  readonly max: number;
  readonly sum: number;
  readonly value: number;
  readonly said: string;
}

/** One more step than logits: before the first, nothing was seen. */
export function stepsOf(logits: readonly number[]): Step[] {
  const states: LogSumExpState[] = [logSumExpState.identity];
  for (const x of logits) states.push(logSumExpState.push(states.at(-1) ?? logSumExpState.identity, x));
  return states.map((state, k) => ({
    max: state.max,
    // The state keeps the sum without the 1 of its largest term, so that small sums keep their digits.
    sum: state.max === Number.NEGATIVE_INFINITY ? 0 : 1 + state.rest,
    value: logSumExpState.value(state),
    said: said(states[k - 1]?.max, logits[k - 1]),
  }));
}

function said(before: number | undefined, x: number | undefined): string {
  if (before === undefined || x === undefined) return 'Nothing seen yet: m = −∞, s = 0.';
  if (before === Number.NEGATIVE_INFINITY) return 'The first logit is the largest so far: s = e⁰ = 1.';
  if (x > before)
    return `${x} is a new largest: s is multiplied by exp(${before} − ${x}), then e⁰ = 1 is added.`;
  return `${x} is no new largest: exp(${x} − ${before}) is added to s.`;
}
