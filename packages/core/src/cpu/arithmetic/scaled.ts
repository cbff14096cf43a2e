import { Sum } from './sum.ts';

/**
 * m·2^e: an intermediate value outside float64's range, or among its subnormals, of a result inside
 * it.
 */
export interface Scaled {
  readonly m: number;
  readonly e: number;
}

export const NOTHING: Scaled = { m: 0, e: 0 };

/**
 * m·2^e, rounded once: every step except the last leaves a normal number, or a value that the next
 * ones leave 0.
 */
function scaleBy(m: number, e: number): number {
  let [product, left] = [m, e];
  for (; Math.abs(left) > 500; left -= Math.sign(left) * 500) {
    if (product === 0 || !Number.isFinite(product)) return product;
    product *= left < 0 ? 2 ** -500 : 2 ** 500;
  }
  return product * 2 ** left;
}

/** x = m·2^e with |m| around 1; a non-finite number has e = 0. */
export function scaled(x: number): Scaled {
  const size = Math.abs(x);
  if (size === 0 || !Number.isFinite(size)) return { m: x, e: 0 };
  const e = Math.floor(Math.log2(size));
  return { m: scaleBy(x, -e), e };
}

/** The product of all factors. */
export function product(...factors: readonly Scaled[]): Scaled {
  let [m, e] = [1, 0];
  for (const factor of factors) {
    m *= factor.m;
    e += factor.e;
  }
  return { m, e };
}

export const quotient = (a: Scaled, b: Scaled): Scaled => ({ m: a.m / b.m, e: a.e - b.e });

export const negative = ({ m, e }: Scaled): Scaled => ({ m: -m, e });

/** The sum, relative to its largest term and compensated. */
export function sumOf(terms: readonly Scaled[]): Scaled {
  const exponents = terms.map(({ m, e }) => (m === 0 ? Number.NEGATIVE_INFINITY : e));
  const top = exponents.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (top === Number.NEGATIVE_INFINITY) return NOTHING;
  const sum = new Sum();
  for (const { m, e } of terms) if (m !== 0) sum.add(scaleBy(m, e - top));
  return { m: sum.value, e: top };
}

export const toNumber = ({ m, e }: Scaled): number => scaleBy(m, e);
