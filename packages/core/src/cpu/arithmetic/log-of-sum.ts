import type { FloatType } from '../../layout/dtype.ts';
import { type Double, double, expOf, log1pOf, logOf, minus, plus } from './double-double.ts';
import type { Exponentials } from './exponentials.ts';

/**
 * The ratio of a sum to its terms below which it is recomputed, because float64's errors would show
 * in the format.
 */
const CANCELLED = { float64: 1, float32: 2 ** -24, float16: 2 ** -37 };

/** Returns true if a sum has lost that many digits of its larger term. */
export const cancels = (sum: number, term: number, dtype: FloatType): boolean =>
  Math.abs(sum) < Math.abs(term) * CANCELLED[dtype];

/**
 * Returns true if log Σ = max + log1p(rest) shows the errors of its terms: the error of the
 * maximum, and the error of the rest, which is relative to the share of the rest in the sum, at
 * most 1.
 */
export const showsErrors = (y: number, max: number, rest: number, dtype: FloatType): boolean =>
  cancels(y, max, dtype) || cancels(y, Math.min(rest, 1) / 2, dtype);

/** e^{a − b}. */
export const powerOf = (a: Double, b: Double): Double => expOf(minus(a, b));

/** log(total), total = 1 + rest, with full accuracy for a small rest. */
export const logOfTotal = (rest: Double): Double =>
  rest.high > -0.5 ? log1pOf(rest) : logOf(plus(double(1), rest));

/**
 * log of the mean over `count` of Σ e^v = max + log1p((rest − (count − 1))/count), in float64;
 * count = 1 gives the sum itself.
 */
export function roughLogOfSum({ max, rest }: Pick<Exponentials, 'max' | 'rest'>, count = 1): number {
  const less = (rest - (count - 1)) / count;
  return max + (less > -0.5 ? Math.log1p(less) : Math.log((1 + rest) / count));
}
