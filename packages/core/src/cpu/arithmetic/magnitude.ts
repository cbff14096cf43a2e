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

/** share·dy. */
export function product(share: number, dy: number): Scale {
  const unit = unitOf(share * dy);
  return { factor: share * (dy * unit), unit };
}
