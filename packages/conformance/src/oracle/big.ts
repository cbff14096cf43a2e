/** m·2^e. Exact under addition and multiplication; `trim` and `divide` keep BITS bits. */
export interface Big {
  readonly m: bigint;
  readonly e: number;
}

/**
 * Bits after the binary point in fixed-point work: 320 for the result, 64 as a margin for rounding.
 */
export const BITS = 384;
/** Terms that are smaller than the sum by this number of bits do not change any result. */
const GAP = 6000;

export const ZERO: Big = { m: 0n, e: 0 };
export const ONE: Big = { m: 1n, e: 0 };

/** The exact value of a finite number. */
export function big(value: number): Big {
  if (value === 0) return ZERO;
  let e = Math.max(Math.floor(Math.log2(Math.abs(value))) - 53, -1074);
  // In two steps: 2^−e overflows for the smallest numbers.
  let m = value * 2 ** -Math.ceil(e / 2) * 2 ** -Math.floor(e / 2);
  while (!Number.isInteger(m)) {
    m *= 2;
    e--;
  }
  return { m: BigInt(m), e };
}

export function bitLength(m: bigint): number {
  let a = m < 0n ? -m : m;
  let length = 0;
  let near = Number(a);
  while (near === Number.POSITIVE_INFINITY) {
    a >>= 960n;
    length += 960;
    near = Number(a);
  }
  if (near === 0) return length;
  const top = Math.floor(Math.log2(near));
  // The conversion, or the logarithm, may have rounded up to a power of two.
  return length + (a >> BigInt(top) ? top + 1 : top);
}

/** A power of two above |a|, as its exponent. */
export const exponentOf = (a: Big): number => bitLength(a.m) + a.e;

const shift = (m: bigint, by: number): bigint => (by >= 0 ? m << BigInt(by) : m >> BigInt(-by));

export function add(a: Big, b: Big): Big {
  if (a.m === 0n) return b;
  if (b.m === 0n) return a;
  if (Math.abs(a.e - b.e) > 1000) {
    const apart = exponentOf(a) - exponentOf(b);
    if (apart > GAP) return a;
    if (apart < -GAP) return b;
  }
  const e = Math.min(a.e, b.e);
  return { m: shift(a.m, a.e - e) + shift(b.m, b.e - e), e };
}

export const negate = (a: Big): Big => ({ m: -a.m, e: a.e });
export const subtract = (a: Big, b: Big): Big => add(a, negate(b));
export const multiply = (a: Big, b: Big): Big => ({ m: a.m * b.m, e: a.e + b.e });
export const absolute = (a: Big): Big => (a.m < 0n ? negate(a) : a);

/** Keeps the leading BITS bits. */
export function trim(a: Big): Big {
  const extra = bitLength(a.m) - BITS;
  return extra > 0 ? { m: a.m >> BigInt(extra), e: a.e + extra } : a;
}

export function divide(a: Big, b: Big): Big {
  const by = Math.max(0, BITS + 2 + bitLength(b.m) - bitLength(a.m));
  return trim({ m: shift(a.m, by) / b.m, e: a.e - by - b.e });
}

export const total = (terms: Iterable<Big>): Big => {
  let sum = ZERO;
  for (const term of terms) sum = trim(add(sum, term));
  return sum;
};

/** a·2^BITS as an integer. */
export const fixed = (a: Big): bigint => shift(a.m, a.e + BITS);

/** The float64 nearest to a, ties to even, subnormals and overflow included. */
export function nearest(a: Big): number {
  if (a.m === 0n) return 0;
  const sign = a.m < 0n ? -1 : 1;
  const m = a.m < 0n ? -a.m : a.m;
  const length = bitLength(m);
  const top = length + a.e;
  if (top > 1024) return sign * Number.POSITIVE_INFINITY;
  const kept = Math.min(53, top + 1074);
  if (kept < 0) return sign * 0;
  const drop = length - kept;
  if (drop <= 0) return sign * Number(m) * 2 ** a.e;
  const q = m >> BigInt(drop);
  const lost = m - (q << BigInt(drop));
  const half = 1n << BigInt(drop - 1);
  const up = lost > half || (lost === half && (q & 1n) === 1n);
  return sign * Number(up ? q + 1n : q) * 2 ** (drop + a.e);
}

/**
 * A value in two parts: the nearest float64 and the remainder. A value too small for float64 is
 * (0, ±2^−1074), so (0, 0) means exactly 0.
 */
export function parts(a: Big): readonly [number, number] {
  const high = nearest(a);
  if (!Number.isFinite(high)) return [high, 0];
  const rest = subtract(a, big(high));
  const low = nearest(rest);
  return [high, low === 0 && high === 0 && a.m !== 0n ? Math.sign(Number(a.m > 0n) - 0.5) * 2 ** -1074 : low];
}
