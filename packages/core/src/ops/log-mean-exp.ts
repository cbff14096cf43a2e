import type { Call } from '../call.ts';
import type { Input } from '../input.ts';
import { known } from '../options.ts';
import { type LogMeanExpOptions, logSumExpGrad, sumOf } from './log-sum-exp.ts';

const NAMES = ['axis', 'keepDims', 'mask'];

/**
 * logMeanExp(x) = log((Σⱼ exp xⱼ)/n) over the n entries that the mask allows; −inf where there is none. Never above max x.
 *
 * @param x logits of any shape; the result loses the axes that are averaged
 * @example
 * ```ts
 * logMeanExp([1000, 1000]).toArray(); // 1000
 * ```
 */
export function logMeanExp(x: Input, options: LogMeanExpOptions = {}): Call<'y'> {
  known(options, NAMES);
  const { problem, inputs, y, fill } = sumOf(x, options);
  return { kernel: 'logSumExp', problem: { ...problem, mean: true }, inputs, results: { y }, fill };
}

/**
 * The vector–Jacobian product of `logMeanExp`, which is that of `logSumExp`: dx = dy·softmax(x).
 *
 * @example
 * ```ts
 * logMeanExpGrad([0, 0], 1).toArray(); // [0.5, 0.5]
 * ```
 */
export function logMeanExpGrad(x: Input, dy: Input, options: LogMeanExpOptions = {}): Call<'dx'> {
  known(options, NAMES);
  return logSumExpGrad(x, dy, options);
}
