import { BITS, type Big, bitLength, multiply, nearest, ONE, trim, ZERO } from './big.ts';
import { exp, log } from './exponential.ts';

/** u^q of u ≥ 0 = exp(q·log u). */
export function power(u: Big, q: Big): Big {
  if (u.m === 0n) return q.m === 0n ? ONE : ZERO;
  const exponent = trim(multiply(q, log(trim(u))));
  // Far above what any format holds.
  return nearest(exponent) > 2 ** 31 ? { m: 1n, e: 2 ** 32 } : trim(exp(exponent));
}

/** √a to BITS bits, by Newton's iteration on integers: the largest r with r² ≤ m. */
export function squareRoot(a: Big): Big {
  if (a.m === 0n) return ZERO;
  const by = Math.max(0, 2 * BITS - bitLength(a.m));
  const even = by + ((a.e - by) & 1);
  const m = a.m << BigInt(even);
  let r = 1n << BigInt((bitLength(m) + 1) >> 1);
  for (let next = (r + m / r) >> 1n; next < r; next = (r + m / r) >> 1n) r = next;
  return { m: r, e: (a.e - even) / 2 };
}
