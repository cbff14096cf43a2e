import type { Problem } from '../../contract/problem.ts';

const IMPOSSIBLE = Number.NEGATIVE_INFINITY;

/** Magnitudes between which no product or sum of cotangents leaves float64. */
const [LEAST, MOST] = [2 ** -900, 2 ** 900];

/** The magnitudes of a row's cotangents and exponentials. */
export interface Sizes {
  /** The largest |dy| of possible entries, v > −∞; infinite if one of these is NaN or infinite. */
  readonly largest: number;
  /**
   * The largest |dy| of entries with an exponential z ≠ 0; the largest of all if each is 0 or in
   * [LEAST, MOST].
   */
  readonly near: number;
}

export function sizesOf(g: Float64Array, v: Float64Array, z: Float64Array): Sizes {
  let largest = 0;
  let isInRange = true;
  for (let k = 0; k < g.length; k++) {
    const size = Math.abs(g[k] as number);
    if (size > largest) largest = size;
    if (!(size >= LEAST) && size !== 0) isInRange = false;
  }
  return isInRange && largest <= MOST ? { largest, near: largest } : possibleSizes(g, v, z);
}

function possibleSizes(g: Float64Array, v: Float64Array, z: Float64Array): Sizes {
  let [largest, near] = [0, 0];
  for (let k = 0; k < g.length; k++) {
    const size = Math.abs(g[k] as number);
    if (v[k] === IMPOSSIBLE) continue;
    if (!(size <= largest)) largest = Number.isFinite(size) ? size : Number.POSITIVE_INFINITY;
    if (size > near && z[k] !== 0) near = size;
  }
  return { largest, near };
}

/**
 * p ∘ (dy − Σ p·dy) and dy − p·Σ dy in IEEE arithmetic for a dy that is NaN or infinite. As every p
 * is above 0, either sum equals the sum of the infinite dy, so both results are dy minus that sum.
 * Impossible entries take no part.
 *
 * @param sign the sign of the following factor, 0 at the limits of T
 */
export function unbounded(g: Float64Array, v: Float64Array, sign: number): void {
  let sum = 0;
  for (let k = 0; k < g.length; k++) if (v[k] !== IMPOSSIBLE && !Number.isFinite(g[k])) sum += g[k] as number;
  for (let k = 0; k < g.length; k++)
    g[k] = v[k] === IMPOSSIBLE || sign === 0 ? 0 : sign * ((g[k] as number) - sum);
}

/**
 * Returns true if a product of an exponential z = exp((v − max)/T) with a number up to `largest`,
 * over T and times the slope of the cap, may lie in float64 while an intermediate value is
 * subnormal, 0 or infinite.
 */
export function isLifted(
  { dtype, softcap = 0 }: Pick<Problem, 'dtype'> & { readonly softcap?: number },
  { v, z, max, t }: { v: Float64Array; z: Float64Array; max: number; t: number },
  { largest }: Sizes,
): boolean {
  if (
    dtype !== 'float64' ||
    !Number.isFinite(max) ||
    !(largest > 0) ||
    !(t > 0 && t < Number.POSITIVE_INFINITY)
  )
    return false;
  const plain = t >= 1 && softcap === 0;
  if (plain && largest * z.length <= 1) return false;
  if (!plain && (largest < 2 ** -100 || (softcap > 0 && !(largest < 2 ** 900 * t)))) return true;
  // Below T = 1 the mean, which is as small as p·dy, is enlarged as well.
  const least = plain ? 2 ** -1022 : 2 ** -400;
  const reach = 1100 + Math.max(Math.log2(largest) - Math.log2(t), 0);
  const limit = max - t * reach * Math.LN2;
  for (let k = 0; k < z.length; k++) if ((z[k] as number) < least && (v[k] as number) > limit) return true;
  // A capped logit that has rounded to the cap: its slope may be below float64.
  return softcap > 0 && v.some((logit) => Math.abs(logit) >= softcap && logit > Number.NEGATIVE_INFINITY);
}
