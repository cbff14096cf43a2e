/**
 * A number as a sum of two, the second within half an ulp of the first: about 106 bits, for values
 * that float64 would round too early. An operation loses at most a few 2⁻¹⁰⁶ of its result, a sum
 * of its larger term.
 *
 * @see T. J. Dekker, "A Floating-Point Technique for Extending the Available Precision", 1971
 */
export interface Double {
  readonly high: number;
  readonly low: number;
}

/** a + b − sum, exactly (Knuth's TwoSum); 0 for an infinite sum. */
export function sumError(a: number, b: number, sum: number): number {
  const part = sum - a;
  const error = a - (sum - part) + (b - part);
  return Number.isFinite(error) ? error : 0;
}

/**
 * a·b − product, exactly unless a step over- or underflows (Veltkamp's split, Dekker's product).
 */
export function productError(a: number, b: number, product: number): number {
  const [ah, bh] = [upper(a), upper(b)];
  const [al, bl] = [a - ah, b - bh];
  const error = ah * bh - product + ah * bl + al * bh + al * bl;
  return Number.isFinite(error) ? error : 0;
}

const upper = (a: number): number => {
  const c = 134217729 * a;
  return c - (c - a);
};

/** Normalises high + low, where low may be too large, or absent. */
export function double(high: number, low = 0): Double {
  const sum = high + low;
  return { high: sum, low: sumError(high, low, sum) };
}

export function plus(a: Double, b: Double): Double {
  const sum = a.high + b.high;
  return double(sum, sumError(a.high, b.high, sum) + (a.low + b.low));
}

export const minus = (a: Double, b: Double): Double => plus(a, { high: -b.high, low: -b.low });

export function times(a: Double, b: Double): Double {
  const product = a.high * b.high;
  if (product === 0) return { high: product, low: 0 };
  return double(product, productError(a.high, b.high, product) + (a.high * b.low + a.low * b.high));
}

export function over(a: Double, b: Double): Double {
  const q = a.high / b.high;
  if (q === 0) return { high: q, low: 0 };
  const product = q * b.high;
  const left = a.high - product - productError(q, b.high, product);
  return double(q, (left + (a.low - q * b.low)) / b.high);
}

/** ln 2 in pieces of 33, 33 and 53 bits: |k| < 2²⁰ times the first two is exact. */
const LN2 = [0.6931471804855391, 7.440617109802979e-11, 2.0941744292700725e-21] as const;
/** 1/n!, n = 6 … 1. */
const SERIES = /* @__PURE__ */ [720, 120, 24, 6, 2, 1].map((f) => over(double(1), double(f)));

/**
 * e^r − 1 for |r| < 0.4: the Taylor series at r/32, its last terms in float64, and five times
 * (1 + m)² − 1 = m·(2 + m).
 */
function nearOne(r: Double): Double {
  const x: Double = { high: r.high / 32, low: r.low / 32 };
  let tail = 1 / 13;
  for (let n = 12; n > 6; n--) tail = (1 + tail * x.high) / n;
  let m = double(tail / 720);
  for (const term of SERIES) m = plus(term, times(m, x));
  m = times(m, x);
  for (let k = 0; k < 5; k++) m = times(m, plus(double(2), m));
  return m;
}

/** e^x: k = ⌊x/ln 2⌉, 2^k·e^(x − k·ln 2). */
export function expOf({ high: x, low }: Double): Double {
  if (!(Math.abs(x) <= 745)) return double(Math.exp(x));
  const k = Math.round(x * Math.LOG2E);
  const r = double(x - k * LN2[0], -k * LN2[1]);
  const e = plus(double(1), nearOne(plus(r, { high: low, low: -k * LN2[2] })));
  // In two steps, because 2^k alone may be out of range.
  const [one, other] = [2 ** Math.floor(k / 2), 2 ** Math.ceil(k / 2)];
  return { high: e.high * one * other, low: e.low * one * other };
}

/** e^x − 1, with all its digits near 0. */
export const expm1Of = (x: Double): Double =>
  Math.abs(x.high) < 0.4 ? nearOne(x) : minus(expOf(x), double(1));

/** log(1 + x) = y + (x − expm1 y)/(1 + x), where y is the float64 result. */
export function log1pOf(x: Double): Double {
  const y = Math.log1p(x.high);
  if (!(Math.abs(y) < 700)) return double(y);
  const m = expm1Of(double(y));
  const gap = minus(x, m);
  return double(y, (gap.high + gap.low) / (1 + x.high));
}

/** log x = y + log(x·e^−y), where y is the float64 result. */
export function logOf(x: Double): Double {
  const y = Math.log(x.high);
  const { high: e, low } = plus(times(x, expOf(double(-y))), double(-1));
  return Math.abs(e) < 1e-9 ? double(y, e + (low - (e * e) / 2)) : double(y);
}
