import { type Double, double } from './double-double.ts';

/**
 * Floating point of any precision: m·2^e. Sums, differences and products are exact until `trim`
 * keeps the leading bits; functions take their precision in bits.
 */
export interface Wide {
  readonly m: bigint;
  readonly e: number;
}

export const ZERO: Wide = { m: 0n, e: 0 };
export const ONE: Wide = { m: 1n, e: 0 };
/** A term that is smaller than the other by more bits than this does not change a sum. */
const GAP = 8192;

const view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** The exact value of a finite number. */
export function wide(value: number): Wide {
  if (Number.isInteger(value)) return { m: BigInt(value), e: 0 };
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const m = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  return { m: bits < 0n ? -m : m, e: Math.max(exponent, 1) - 1075 };
}

const lengthOf = (m: bigint): number => {
  const digits = (m < 0n ? -m : m).toString(16);
  return 4 * digits.length - Math.clz32(Number.parseInt(digits.charAt(0), 16)) + 28;
};
const shift = (m: bigint, by: number): bigint => (by >= 0 ? m << BigInt(by) : m >> BigInt(-by));

/** e with |a| < 2^e. */
export const exponentOf = (a: Wide): number => lengthOf(a.m) + a.e;

export function trim(a: Wide, bits: number): Wide {
  const extra = lengthOf(a.m) - bits;
  return extra > 0 ? { m: a.m >> BigInt(extra), e: a.e + extra } : a;
}

export function add(a: Wide, b: Wide): Wide {
  if (a.m === 0n) return b;
  if (b.m === 0n) return a;
  if (Math.abs(a.e - b.e) > GAP) {
    const apart = exponentOf(a) - exponentOf(b);
    if (Math.abs(apart) > GAP) return apart > 0 ? a : b;
  }
  const e = Math.min(a.e, b.e);
  return { m: shift(a.m, a.e - e) + shift(b.m, b.e - e), e };
}

export const subtract = (a: Wide, b: Wide): Wide => add(a, { m: -b.m, e: b.e });
export const multiply = (a: Wide, b: Wide): Wide => ({ m: a.m * b.m, e: a.e + b.e });

export function divide(a: Wide, b: Wide, bits: number): Wide {
  const by = Math.max(0, bits + 2 + lengthOf(b.m) - lengthOf(a.m));
  return trim({ m: (a.m << BigInt(by)) / b.m, e: a.e - by - b.e }, bits);
}

/** The nearest float64 and the remainder of a. */
export function doubleOf(a: Wide): Double {
  const high = nearest(a);
  return Number.isFinite(high) ? double(high, nearest(subtract(a, wide(high)))) : double(high);
}

function nearest(a: Wide): number {
  if (a.m === 0n) return 0;
  // Subnormal numbers have fewer bits; one bit that represents all dropped ones decides ties.
  const kept = Math.min(55, exponentOf(a) + 1076);
  if (kept < 0) return 0;
  const drop = lengthOf(a.m) - kept;
  if (drop <= 0) return Number(a.m) * 2 ** a.e;
  const size = a.m < 0n ? -a.m : a.m;
  const q = size >> BigInt(drop);
  const rounded = Number(q << BigInt(drop) === size ? q : q | 1n);
  const e = drop + a.e;
  const value = rounded * 2 ** Math.ceil(e / 2) * 2 ** Math.floor(e / 2);
  return a.m < 0n ? -value : value;
}

const LN2 = /* @__PURE__ */ new Map<number, bigint>();
function ln2(bits: number): bigint {
  let value = LN2.get(bits);
  if (value === undefined) {
    const log2 = atanhOf(ONE, wide(3), bits);
    value = shift(log2.m, log2.e + bits);
    LN2.set(bits, value);
  }
  return value;
}

/** e^(x/2^bits)·2^bits, |x| < 2^bits: the Taylor series of x/2^k, squared k times. */
function series(x: bigint, bits: number): bigint {
  const k = Math.ceil(Math.sqrt(bits));
  const point = BigInt(bits + k);
  let sum = 0n;
  // e^y − 1 = m; (1 + m)² − 1 = m·(2 + m).
  for (let [n, term] = [1n, x]; term !== 0n && term !== -1n; term = ((term * x) >> point) / n) {
    sum += term;
    n++;
  }
  for (let i = 0; i < k; i++) sum = 2n * sum + ((sum * sum) >> point);
  return (sum + (1n << point)) >> BigInt(k);
}

/** e^x to a relative error of about 2^−bits. */
export function exp(x: Wide, bits: number): Wide {
  if (x.m === 0n) return ONE;
  const top = exponentOf(x);
  // Below every term that a sum can see, but not 0.
  if (top > 40) return x.m < 0n ? { m: 1n, e: -(2 ** 41) } : { m: 1n, e: 2 ** 41 };
  const point = bits + Math.max(top, 0) + 8;
  const fixed = shift(x.m, x.e + point);
  const k = fixed / ln2(point);
  return trim({ m: series(fixed - k * ln2(point), point), e: Number(k) - point }, bits);
}

/**
 * log y of y > 0, to a relative error of about 2^−bits: of y = 2^k·f its float64 logarithm z, and
 * log1p(f·e^−z − 1).
 */
export function log(y: Wide, bits: number): Wide {
  const near = subtract(y, ONE);
  if (near.m === 0n || exponentOf(near) < -8) return atanhOf(near, add(y, ONE), bits);
  const k = exponentOf(y);
  const f = { m: y.m, e: y.e - k };
  const z = wide(Math.log(nearest(f)));
  const point = bits + 16;
  const e = exp(z, point);
  const rest = atanhOf(subtract(f, e), add(f, e), point);
  const whole = { m: BigInt(k) * ln2(point), e: -point };
  return trim(add(add(whole, z), rest), bits);
}

/** log((1 + u)/(1 − u)), u = a/b, by its series. */
function atanhOf(a: Wide, b: Wide, bits: number): Wide {
  if (a.m === 0n) return ZERO;
  const u = divide(a, b, bits + 8);
  const scale = exponentOf(u);
  // In units of 2^scale, so the smallest u keeps all its digits.
  const point = BigInt(bits + 8);
  const first = shift(u.m, u.e - scale + bits + 8);
  const square = shift((first * first) >> point, 2 * scale);
  let sum = 0n;
  for (let [power, k] = [first, 1n]; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> point;
  }
  return { m: 2n * sum, e: scale - bits - 8 };
}

/** u^e of u ≥ 0. */
export const power = (u: Wide, e: Wide, bits: number): Wide =>
  u.m === 0n ? ZERO : exp(multiply(e, log(u, bits + 16)), bits);
