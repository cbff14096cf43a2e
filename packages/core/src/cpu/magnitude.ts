/**
 * The power of two to multiply the cotangents g of a row by, that neither their differences nor sums of n of them overflow,
 * nor their products with small weights lose digits: what is beyond 2^±900 in float64 goes 100 binades towards 1.
 *
 * @param s what they are weighted by, default themselves: what has weight 0 is not read
 */
export function scaleOf(g: Float64Array, s: Float64Array = g): number {
  let largest = 0;
  for (let k = 0; k < g.length; k++) if (s[k] !== 0) largest = Math.max(largest, Math.abs(g[k] as number));
  return largest > 2 ** 900 ? 2 ** -100 : largest < 2 ** -900 ? 2 ** 100 : 1;
}
