import type { FloatType, Level } from '@softmax/core';
import type { Expected } from '../oracle/expected.ts';
import { FORMATS, ulpOf } from './float.ts';

/** From the strictest level to the loosest. */
export const LEVELS: readonly Level[] = ['S3', 'S2', 'S1'];

/** The tolerance of S2 and S3 in ulp of the exact value, for a result that may take any value. */
const ULP: { readonly [D in FloatType]: { readonly S2: number; readonly S3: number } } = {
  float16: { S2: 1, S3: 0.5 },
  float32: { S2: 8, S3: 1 },
  float64: { S2: 8, S3: 4 },
};

/**
 * The tolerance of element k against its exact value; n is the length of a row, d = (x − max)/T.
 *
 * | | S1 | S2 | S3 |
 * |---|---|---|---|
 * | probability | 4 + |d| + 2·log2 n ulp; float16 2 | 8 ulp; float16 1 | 1 ulp; float16 ½; float64 4 |
 * | sparse probability | 8 + |d| + 2·log2 n eps of its condition | 8 ulp; float16 1 | 1 ulp; float16 ½; float64 4 |
 * | log-probability | 4 eps·max(1, |y|) | the same | the same |
 * | log Σ exp | 4 eps·max(1, |max|, |y|) | 4 ulp; float16 1; float64 4 eps·max(|y|, |max|) | 1 ulp; float16 ½; float64 4 |
 * | a sum of terms (losses, gradients) | 8 + |d| + 2·log2 n eps of the largest term | 8 eps of it | 1 eps; float64 8 |
 *
 * Below the smallest normal number the spacing is the spacing of the subnormals: 2 of their units
 * at S2, 1 at S3. S1 never allows less than S2. The largest term represents the condition of a sum:
 * `p − 1` cannot be more accurate than p. If it is 0, the result is exactly 0 at every level.
 *
 * S1 and S2 allow for the rounding of intermediate values in the format. log Σ exp may cancel its
 * max in float64. A cap c rounds logits to eps·c before they are compared, which the exponential
 * turns into a relative error: 4c/T eps more, and 4|x|/c for a gradient. Computed logits and the
 * threshold of a general α in float64 are treated in the same way. S3 allows none of this, in any
 * format.
 */
export function allowed(expected: Expected, k: number, level: Level): number {
  const { dtype, quantity } = expected;
  // If the exact value is infinite, no level allows another value: its magnitude is no measure of
  // an error.
  if (!Number.isFinite(expected.values[k])) return 0;
  const uncapped = allowedUncapped(expected, k, level);
  // On short rows the formula of S1 is stricter than S2; every backend that reaches S2 reaches S1.
  const own = level === 'S1' ? Math.max(uncapped, allowedUncapped(expected, k, 'S2')) : uncapped;
  const blur = level === 'S3' ? 0 : (expected.blur[k] as number);
  if (blur === 0 || own === 0) return own;
  const size = quantity === 'sum-of-terms' ? expected.largest : expected.values;
  return own + blur * FORMATS[dtype].eps * (quantity === 'log-probability' ? 1 : Math.abs(size[k] as number));
}

function allowedUncapped(expected: Expected, k: number, level: Level): number {
  const { quantity, dtype, n } = expected;
  const [value, d, largest] = [
    expected.values[k] as number,
    expected.distance[k] as number,
    expected.largest[k] as number,
  ];
  const { eps, tiny } = FORMATS[dtype];
  const size = Math.abs(value);
  const growth = 2 * Math.log2(Math.max(n, 1));
  const strict = level === 'S1' ? 0 : ULP[dtype][level];
  const ulps = (count: number, of = size) => {
    const unit = ulpOf(of, dtype);
    return unit === tiny && level !== 'S1' ? Math.min(count, level === 'S2' ? 2 : 1) * unit : count * unit;
  };
  switch (quantity) {
    case 'probability':
      if (size === 0 && expected.beyond[k] === 0) return 0;
      return ulps(level === 'S1' ? (dtype === 'float16' ? 2 : 4 + d + growth) : strict);
    case 'log-probability':
      return level === 'S1' ? 4 * eps * Math.max(1, size) : ulps(strict);
    case 'log-sum':
      if (level === 'S1') return 4 * eps * Math.max(1, d, size);
      if (level === 'S2' && dtype === 'float64') return 4 * eps * Math.max(d, size);
      return ulps(Math.min(strict, 4));
    case 'sparse':
    case 'sum-of-terms':
      if (largest === 0) return 0;
      if (quantity === 'sparse' && level !== 'S1') return ulps(strict);
      if (level === 'S1') return Math.max((8 + d + growth) * eps * largest, tiny);
      if (level === 'S2') return Math.max(8 * eps * largest, 2 * tiny);
      return Math.max((dtype === 'float64' ? 8 : 1) * eps * largest, tiny);
  }
}

/** The tolerance of the sum of a row's probabilities against 1. */
export function allowedSum(n: number, dtype: FloatType, level: Level): number {
  const { eps } = FORMATS[dtype];
  if (level === 'S1') return (2 + Math.log2(n)) * eps;
  return (dtype === 'float64' ? ULP.float64[level] : level === 'S2' ? 2 : 1) * eps;
}
