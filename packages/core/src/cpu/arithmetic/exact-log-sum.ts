import type { FloatType } from '../../layout/dtype.ts';
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
import {
  add,
  divide,
  doubleOf,
  exp,
  exponentOf,
  log,
  multiply,
  subtract,
  trim,
  type Wide,
  wide,
  ZERO,
} from './wide.ts';

/** log |Σ b·e^x| and the sign of the sum; −∞ and 0 where it is exactly 0. */
export interface SignedLog {
  readonly value: number;
  readonly sign: number;
}

interface Terms {
  readonly x: Float64Array;
  /** Default: all 1. */
  readonly b: Float64Array | undefined;
  /** The number that the sum is divided by. */
  readonly count: number;
}

/** The bits of a result that must be right, a few guard bits among them. */
const NEEDED = { float64: 58, float32: 32, float16: 32 };
/** The bits of a sum of double-doubles, relative to the sum of magnitudes, that are right in rows of up to 2²⁴ terms. */
const DOUBLE_BITS = 98;

/**
 * log |Σ b·e^x / count| of finite b and finite or −∞ x, to the accuracy of the type however much cancels: in
 * double-double, and where that is too narrow in as many bits as the sum itself asks for (A. Ziv, "Fast evaluation of
 * elementary mathematical functions with correctly rounded last bit", 1991).
 */
export function exactLogSum(
  x: Float64Array,
  b: Float64Array | undefined,
  dtype: FloatType,
  count = 1,
): SignedLog {
  const terms = { x, b, count };
  return inDoubles(terms, NEEDED[dtype]) ?? inWide(terms, NEEDED[dtype]);
}

const factor = ({ x, b }: Terms, k: number): number =>
  x[k] === Number.NEGATIVE_INFINITY ? 0 : b ? (b[k] as number) : 1;

/** Undefined where double-doubles are too narrow, or their range is. */
function inDoubles(terms: Terms, needed: number): SignedLog | undefined {
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

/** log1p(Σ b·e^x / count − 1), where e^x of small x is 1 + expm1 x and the ones are summed apart. */
function nearOne(terms: Terms, sign: number, needed: number): SignedLog | undefined {
  const isSmall = (v: number): boolean => Math.abs(v) < 0.4;
  let ones = double(-sign * terms.count);
  let sizeOfOnes = 0;
  for (let k = 0; k < terms.x.length; k++) {
    const f = factor(terms, k);
    if (f === 0 || !isSmall(terms.x[k] as number)) continue;
    ones = plus(ones, double(f));
    // Whole numbers are summed without error.
    if (!Number.isInteger(f) || Math.abs(f) > 2 ** 53) sizeOfOnes += Math.abs(f);
  }
  const { sum, size } = sumOf(terms, (v) => (isSmall(v) ? expm1Of(double(v)) : expOf(double(v))));
  const less = plus(ones, sum);
  if (!(Math.abs(less.high) > (size + sizeOfOnes) * 2 ** (needed - DOUBLE_BITS))) return undefined;
  const signed = sign < 0 ? minus(double(0), less) : less;
  return { value: log1pOf(over(signed, double(terms.count))).high, sign };
}

/** Below this no float64 is. */
const LEAST = -1140;

/**
 * The same in as many bits as it takes. Terms of one x are one term; what is left of them is 0 only where nothing is
 * left, and its logarithm only where that is ±count·e⁰ (Lindemann–Weierstrass), so that the loop ends.
 */
function inWide(terms: Terms, needed: number): SignedLog {
  const groups = new Map<number, Wide>();
  for (let k = 0; k < terms.x.length; k++) {
    const f = factor(terms, k);
    const v = (terms.x[k] as number) + 0;
    if (f !== 0) groups.set(v, add(groups.get(v) ?? ZERO, wide(f)));
  }
  const left = Array.from(groups).filter(([, b]) => b.m !== 0n);
  if (left.length === 0) return { value: Number.NEGATIVE_INFINITY, sign: 0 };
  const sizeOf = ([v, b]: readonly [number, Wide]): number => v + exponentOf(b) * Math.LN2;
  const top = wide(left.reduce((a, c) => (sizeOf(c) > sizeOf(a) ? c : a))[0]);
  const count = wide(terms.count);
  for (let bits = 192; ; bits *= 2) {
    let sum = ZERO;
    let size = Number.NEGATIVE_INFINITY;
    for (const [v, b] of left) {
      const term = trim(multiply(trim(b, bits), exp(subtract(wide(v), top), bits)), bits);
      size = Math.max(size, exponentOf(term));
      sum = add(sum, term);
    }
    if (sum.m === 0n) continue;
    const sign = sum.m < 0n ? -1 : 1;
    const share = divide({ m: sum.m < 0n ? -sum.m : sum.m, e: sum.e }, count, bits);
    const own = log(share, bits);
    const y = add(top, own);
    if (y.m === 0n && left.length === 1) return { value: 0, sign };
    // The exponent of the error: that of the terms relative to the sum, and that of the logarithm.
    const lost = size - exponentOf(sum) + Math.log2(left.length) + 4;
    const error = Math.max(lost, own.m === 0n ? Number.NEGATIVE_INFINITY : exponentOf(own) + 4) - bits;
    const isKnown = lost < bits && y.m !== 0n && exponentOf(y) > error + needed;
    if (isKnown) return { value: doubleOf(y).high, sign };
    if (lost < bits && error < LEAST) return { value: 0, sign };
  }
}
