import type { FloatType } from '../../layout/dtype.ts';
import { factor, inDoubles, NEEDED, type SignedLog, type Terms } from './double-log-sum.ts';
import type { Exponentials } from './exponentials.ts';
import { roughLogOfSum, showsErrors } from './log-of-sum.ts';
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

/**
 * log |Σ b·e^x / count| of finite b and finite or −∞ x, to the accuracy of the type for any
 * cancellation. It is computed in double-double, and if that is too narrow with as many bits as the
 * sum needs (A. Ziv, "Fast evaluation of elementary mathematical functions with correctly rounded
 * last bit", 1991).
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

/**
 * log of the mean over `count` of Σ e^v; an infinite or NaN maximum is the result. If the remainder
 * of the sum shows its errors, the sum is recomputed exactly.
 */
export function logOfSum(
  v: Float64Array,
  row: Pick<Exponentials, 'max' | 'rest'>,
  dtype: FloatType,
  count = 1,
): number {
  if (!Number.isFinite(row.max)) return row.max;
  const y = roughLogOfSum(row, count);
  return showsErrors(y, row.max, row.rest, dtype) ? exactLogSum(v, undefined, dtype, count).value : y;
}

/** No positive float64 is below this. */
const LEAST = -1140;

/**
 * Computes the result with as many bits as necessary. Terms with equal x are merged. The sum is
 * then 0 only if no term is left, and its logarithm is 0 only for ±count·e⁰
 * (Lindemann–Weierstrass), so the loop ends.
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
    const logShare = log(share, bits);
    const y = add(top, logShare);
    if (y.m === 0n && left.length === 1) return { value: 0, sign };
    // The exponent of the error: of the terms relative to the sum, and of the logarithm.
    const lost = size - exponentOf(sum) + Math.log2(left.length) + 4;
    const error =
      Math.max(lost, logShare.m === 0n ? Number.NEGATIVE_INFINITY : exponentOf(logShare) + 4) - bits;
    const isKnown = lost < bits && y.m !== 0n && exponentOf(y) > error + needed;
    if (isKnown) return { value: doubleOf(y).high, sign };
    if (lost < bits && error < LEAST) return { value: 0, sign };
  }
}
