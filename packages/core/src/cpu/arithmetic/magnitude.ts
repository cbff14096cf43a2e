import { type Scaled, scaled, toNumber } from './scaled.ts';

/** What cotangents are multiplied by: factor/unit, a power of two, as the quotient may be out of range. */
export interface Scale {
  readonly factor: number;
  readonly unit: number;
}

/**
 * The power of two to multiply cotangents by, that neither their differences nor sums of n of them overflow, nor their
 * products with small weights lose digits: what is beyond 2^±900, in float64 alone, goes 100 binades towards 1.
 */
export const unitOf = (dy: number): number =>
  Math.abs(dy) > 2 ** 900 ? 2 ** -100 : Math.abs(dy) < 2 ** -900 ? 2 ** 100 : 1;

/**
 * That of the cotangents g of a row. One that is not finite is like none: nothing is kept of it where it is read.
 *
 * @param s what they are weighted by, default themselves: what has weight 0 is not read
 */
export function scaleOf(g: Float64Array, s: Float64Array = g): number {
  let largest = 0;
  for (let k = 0; k < g.length; k++) {
    const size = Math.abs(g[k] as number);
    if (s[k] !== 0 && Number.isFinite(size)) largest = Math.max(largest, size);
  }
  return unitOf(largest);
}

/** A factor in a unit in which it is an ordinary number. */
export function scaleFrom({ m, e }: Scaled): Scale {
  const exponent = scaled(m).e + e;
  // Few units: there are sums in each.
  const unit =
    Math.abs(exponent) <= 900 ? 0 : Math.sign(exponent) * (Math.abs(exponent) <= 1000 ? 100 : 1000);
  return { factor: toNumber({ m, e: e - unit }), unit: 2 ** -unit };
}
