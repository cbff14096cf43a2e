import { type Scaled, scaled, toNumber } from './scaled.ts';

/**
 * The factor of cotangents: factor/unit with a power of two, because the quotient may be out of
 * range.
 */
export interface Scale {
  readonly factor: number;
  readonly unit: number;
}

/**
 * A power of two that brings cotangents beyond 2^±900 (only possible in float64) 100 binades closer
 * to 1, so that their differences and sums do not overflow and their products with small weights
 * lose no digits.
 */
export const unitOf = (dy: number): number =>
  Math.abs(dy) > 2 ** 900 ? 2 ** -100 : Math.abs(dy) < 2 ** -900 ? 2 ** 100 : 1;

/**
 * The unit of the cotangents g of a row. Non-finite cotangents are ignored here; they become NaN
 * when used.
 *
 * @param s the weights of the cotangents, by default the cotangents; entries of weight 0 are not
 * read
 */
export function scaleOf(g: Float64Array, s: Float64Array = g): number {
  let largest = 0;
  for (let k = 0; k < g.length; k++) {
    const size = Math.abs(g[k] as number);
    if (s[k] !== 0 && Number.isFinite(size)) largest = Math.max(largest, size);
  }
  return unitOf(largest);
}

/** A factor as an ordinary number in a unit. */
export function scaleFrom({ m, e }: Scaled): Scale {
  const exponent = scaled(m).e + e;
  // Few different units, because each has its own sums.
  const unit =
    Math.abs(exponent) <= 900 ? 0 : Math.sign(exponent) * (Math.abs(exponent) <= 1000 ? 100 : 1000);
  return { factor: toNumber({ m, e: e - unit }), unit: 2 ** -unit };
}
