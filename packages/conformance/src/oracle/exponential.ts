import {
  add,
  BITS,
  type Big,
  big,
  divide,
  exponentOf,
  fixed,
  multiply,
  nearest,
  ONE,
  subtract,
  trim,
  ZERO,
} from './big.ts';

const POINT = BigInt(BITS);
const UNIT = 1n << POINT;

/**
 * 2·(u + u³/3 + u⁵/5 + …) = log((1 + u)/(1 − u)), for |u| < ½; relative to u, so that a tiny one
 * keeps its digits.
 */
function doubleAtanh(u: Big): Big {
  const square = fixed(multiply(u, u));
  let sum = UNIT;
  let power = square;
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> POINT;
  }
  return trim(multiply(u, { m: sum, e: 1 - BITS }));
}

/** log 2 = 2·atanh(1/3). */
const LN2: Big = doubleAtanh(divide(ONE, big(3)));
const LN2_FIXED = fixed(LN2);

/**
 * exp x = 2^k·exp(r), r = x − k·log 2; the leading 24 bits of r by three tables, the rest by the
 * series.
 */
export function exp(x: Big): Big {
  const near = nearest(x);
  // Far below what any format holds, yet not 0.
  if (near < -(2 ** 31)) return { m: 1n, e: -(2 ** 32) };
  const k = Math.floor(near / Math.LN2);
  let r = fixed(x) - BigInt(k) * LN2_FIXED;
  let product = UNIT;
  for (const [level, table] of TABLES.entries()) {
    const left = POINT - 8n * BigInt(level + 1);
    const digit = r >> left;
    r -= digit << left;
    if (digit !== 0n) product = (product * entry(table, digit, left)) >> POINT;
  }
  return { m: (product * series(r)) >> POINT, e: k - BITS };
}

/** exp(digit/2⁸), exp(digit/2¹⁶), exp(digit/2²⁴), each made when it is first needed. */
const TABLES: readonly Map<bigint, bigint>[] = [new Map(), new Map(), new Map()];

function entry(table: Map<bigint, bigint>, digit: bigint, left: bigint): bigint {
  const known = table.get(digit);
  if (known !== undefined) return known;
  const made = series(digit << left);
  table.set(digit, made);
  return made;
}

/** 1 + r + r²/2! + … */
function series(r: bigint): bigint {
  let sum = UNIT;
  let term = UNIT;
  for (let i = 1n; term !== 0n && term !== -1n; i++) {
    term = ((term * r) >> POINT) / i;
    sum += term;
  }
  return sum;
}

/** log(1 + x) for x > −½, with all digits however small x is. */
export function log1p(x: Big): Big {
  if (x.m === 0n) return ZERO;
  if (exponentOf(x) < -8) return doubleAtanh(divide(x, add(big(2), x)));
  return log(add(ONE, x));
}

/** log y = k·log 2 + z + log1p((f − e^z)/e^z), f = y/2^k, z the logarithm of f in float64. */
export function log(y: Big): Big {
  const k = exponentOf(y) - 1;
  const f: Big = { m: y.m, e: y.e - k };
  const z = Math.log(nearest(f));
  const e = exp(big(z));
  const rest = log1p(divide(subtract(f, e), e));
  return trim(add(add(multiply(big(k), LN2), big(z)), rest));
}

/** tanh u = (e^2u − 1)/(e^2u + 1); its series where that would cancel. */
export function tanh(u: Big): Big {
  if (u.m === 0n) return ZERO;
  if (exponentOf(u) < -40) {
    const s = trim(multiply(u, u));
    const term = (p: number, q: number, next: Big) =>
      trim(add(divide(big(p), big(q)), trim(multiply(s, next))));
    const series = term(1, 1, term(-1, 3, term(2, 15, term(-17, 315, divide(big(62), big(2835))))));
    return trim(multiply(u, series));
  }
  const near = nearest(u);
  if (Math.abs(near) > 400) return near > 0 ? ONE : big(-1);
  const e = exp({ m: u.m, e: u.e + 1 });
  return divide(subtract(e, ONE), add(e, ONE));
}
