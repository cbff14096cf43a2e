import {
  type Double,
  double,
  expm1Of,
  expOf,
  log1pOf,
  logOf,
  minus,
  over,
  plus,
  times,
} from './double-double.ts';
import { isOrdinary } from './scaled-sum.ts';

/** log |Σ b·e^x| and the sign of the sum; −∞ and 0 if it is exactly 0. */
export interface SignedLog {
  readonly value: number;
  readonly sign: number;
}

export interface Terms {
  readonly x: Float64Array;
  /** Default: all 1. */
  readonly b: Float64Array | undefined;
  /** The divisor of the sum. */
  readonly count: number;
}

/** The number of correct bits that a result needs, including a few guard bits. */
export const NEEDED = { float64: 58, float32: 32, float16: 32 };
/**
 * The number of correct bits in a sum of double-doubles, relative to the sum of magnitudes, for
 * rows of up to 2²⁴ terms.
 */
const DOUBLE_BITS = 98;

export const factor = ({ x, b }: Terms, k: number): number =>
  x[k] === Number.NEGATIVE_INFINITY ? 0 : b ? (b[k] as number) : 1;

/**
 * log |Σ b·e^x / count| of finite b and finite or −∞ x, in double-double; undefined if its
 * precision or range is too small.
 */
export function inDoubles(terms: Terms, needed: number): SignedLog | undefined {
  const { x, count } = terms;
  let max = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < x.length; k++) {
    const f = factor(terms, k);
    if (!isOrdinary(f)) return undefined;
    if (f !== 0) max = Math.max(max, x[k] as number);
  }
  if (max === Number.NEGATIVE_INFINITY) return { value: max, sign: 0 };
  const top = double(max);
  const { sum, size } = sumOf(terms, (v) => expOf(minus(double(v), top)));
  if (!(Math.abs(sum.high) > size * 2 ** (needed - DOUBLE_BITS))) return undefined;
  const sign = Math.sign(sum.high);
  const positive = sign < 0 ? minus(double(0), sum) : sum;
  const y = plus(top, logOf(over(positive, double(count))));
  if (Math.abs(y.high) > 0.7) return { value: y.high, sign };
  return nearOne(terms, sign, needed);
}

function sumOf(terms: Terms, of: (v: number) => Double): { readonly sum: Double; readonly size: number } {
  let sum = double(0);
  let size = 0;
  for (let k = 0; k < terms.x.length; k++) {
    const f = factor(terms, k);
    if (f === 0) continue;
    const term = times(double(f), of(terms.x[k] as number));
    sum = plus(sum, term);
    size += Math.abs(term.high);
  }
  return { sum, size };
}

/**
 * log1p(Σ b·e^x / count − 1), where e^x of small x is 1 + expm1 x and the ones are summed
 * separately.
 */
function nearOne(terms: Terms, sign: number, needed: number): SignedLog | undefined {
  const isSmall = (v: number): boolean => Math.abs(v) < 0.4;
  let ones = double(-sign * terms.count);
  let sizeOfOnes = 0;
  for (let k = 0; k < terms.x.length; k++) {
    const f = factor(terms, k);
    if (f === 0 || !isSmall(terms.x[k] as number)) continue;
    ones = plus(ones, double(f));
    // Integers are summed without error.
    if (!Number.isInteger(f) || Math.abs(f) > 2 ** 53) sizeOfOnes += Math.abs(f);
  }
  const { sum, size } = sumOf(terms, (v) => (isSmall(v) ? expm1Of(double(v)) : expOf(double(v))));
  const less = plus(ones, sum);
  if (!(Math.abs(less.high) > (size + sizeOfOnes) * 2 ** (needed - DOUBLE_BITS))) return undefined;
  const signed = sign < 0 ? minus(double(0), less) : less;
  return { value: log1pOf(over(signed, double(terms.count))).high, sign };
}
