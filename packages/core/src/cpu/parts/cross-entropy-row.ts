import type { CrossEntropy } from '../../contract/kernels.ts';
import { scaledExponential } from '../arithmetic/exponentials.ts';
import { quotient, type Scaled, scaled, toNumber } from '../arithmetic/scaled.ts';
import { ratio, type ScaledSum, scaledBy, times } from '../arithmetic/scaled-sum.ts';
import type { TargetInputs } from './target.ts';

/**
 * One row of a cross-entropy, whose terms may be out of float64's range although its results are
 * not.
 */
export interface Row {
  readonly v: Float64Array;
  /** The exponentials relative to max, later the gradient. */
  readonly z: Float64Array;
  /** The weighted target, in units of 2^unit; unit is 0 if all values are ordinary. */
  readonly a: Float64Array;
  readonly unit: number;
  /** The largest logit and its index, the sum of all other exponentials, and log1p of that sum. */
  readonly max: number;
  readonly at: number;
  readonly rest: number;
  readonly log: number;
  /** True if max − v may overflow: distances are then computed from halves. */
  readonly half: boolean;
  /** The rest, if it is subnormal and a large factor multiplies it. */
  readonly scaledRest: Scaled | undefined;
}

/** Below this, values that are multiplied by large numbers are stored as m·2^e. */
export const LEAST: number = 2 ** -960;
/** Above this, max − v may overflow. */
export const FAR: number = 2 ** 960;

/** Returns true for a factor above 1. */
export const lifts = ({ m, e }: Scaled, share = 0): boolean =>
  e > 0 || Math.abs(m) > 1 || Math.abs(share) > 1;

/** Returns true if a possible entry has an exponential below LEAST. */
export function isFaint({ v, z }: Row): boolean {
  for (let k = 0; k < z.length; k++)
    if ((z[k] as number) < LEAST && v[k] !== Number.NEGATIVE_INFINITY) return true;
  return false;
}

/** −log p of an entry as m·2^e. */
function distance({ v, max, log, half, scaledRest }: Row, k: number): Scaled {
  const logit = v[k] as number;
  if (scaledRest && logit === max) return scaledRest;
  return half ? { m: max / 2 - logit / 2 + log / 2, e: 1 } : { m: max - logit + log, e: 0 };
}

/** Adds the terms a·(−log p). */
export function addTerms(loss: ScaledSum, row: Row): void {
  const { a, unit } = row;
  for (let k = 0; k < a.length; k++) {
    if (a[k] === 0) continue;
    const { m, e } = distance(row, k);
    loss.add(a[k] as number, m, e + unit);
  }
}

/** The common values of a row's slopes: the index of the largest a, Σ a without it and with it. */
interface Factors {
  readonly top: number;
  readonly lesser: number;
  readonly mass: number;
  readonly tilt: number;
  readonly factor: Scaled;
  /** True if a large factor multiplies faint probabilities. */
  readonly reach: boolean;
}

/**
 * The slopes p·(Σ_{j ≠ k} a_j + tilt) − a_k·(1 − p), times `factor`, of a row with faint probabilities.
 */
export function scaledSlopes(row: Row, { top, lesser, mass, tilt, factor, reach }: Factors): void {
  const { v, z, a, max, at, rest } = row;
  const total = 1 + rest;
  const others = row.scaledRest ? quotient(row.scaledRest, { m: total, e: 0 }) : { m: rest / total, e: 0 };
  const least = reach ? LEAST : 0;
  for (let k = 0; k < z.length; k++) {
    const e = z[k] as number;
    const weight = a[k] as number;
    const pull = (k === top ? lesser : mass - weight) + tilt;
    if (v[k] === Number.NEGATIVE_INFINITY) z[k] = 0;
    else if (!Number.isFinite(factor.m)) {
      // The sign of the slope, also if p is 0 in float64.
      const slope = (e / total) * pull - weight * (k === at ? others.m : 1 - e / total);
      z[k] = (slope === 0 ? pull : slope) * factor.m;
    } else if (k === at && others.e !== 0)
      z[k] = scaledBy(pull / total, factor) - toNumber(times(times(others, { m: weight, e: 0 }), factor));
    else if (e < least) {
      const p = scaledExponential(v[k] as number, max, 0, 1);
      z[k] = toNumber(times(p, times(scaled(pull / total), factor))) - scaledBy(weight, factor);
    } else {
      const slope = (e / total) * pull - weight * (k === at ? others.m : 1 - e / total);
      z[k] = slope === 0 ? 0 : scaledBy(slope, factor);
    }
  }
}

/** The slopes (1 − α)·w·(−log p)·scale, each with its own exponent. */
export function scaledTargetSlopes(
  { n, inner, smoothing }: CrossEntropy,
  { mask, classWeights }: TargetInputs,
  start: number,
  row: Row,
  scale: Scaled,
): void {
  const rate = scale.m === 0 ? 0 : 1 - smoothing;
  for (let k = 0; k < n; k++) {
    const w = mask?.[start + k * inner] === 0 ? 0 : classWeights ? (classWeights[k] as number) : 1;
    row.z[k] = rate === 0 || w === 0 ? 0 : toNumber(times(times(ratio(rate, w), scale), distance(row, k)));
  }
}
