import { type Big, big, divide, multiply, nearest, ONE, subtract, total, trim, ZERO } from './big.ts';
import { crossEntropy } from './cross-entropy.ts';
import { condition } from './entmax.ts';
import type { Expected } from './expected.ts';
import { type LikelihoodExample, likelihood, type Solved } from './likelihood.ts';
import { power } from './power.ts';
import { type Sparse, sparseOf } from './sparse.ts';

/** l = H_α(p) + Σ p_c·(x_c − x_y), H_α(p) = Σ (p − p^α)/(α(α − 1)); dl/dx = p − e_y. */
export function entmaxLoss(
  example: LikelihoodExample,
  alpha: number,
): { readonly loss: Expected; readonly dx: Expected } {
  if (alpha === 1) return crossEntropy(example);
  return likelihood(example, ({ x, mask, target, dtype }, at, row) => {
    const own = at.map((place) => x[place] as number);
    const sparse = sparseOf(own, mask && at.map((place) => mask[place] as boolean), alpha);
    const blurred = dtype === 'float64' && alpha !== 2 && alpha !== 1.5;
    const size = (p: Big) => (blurred ? condition(p, alpha) : p);
    const max = Math.max(...own.filter((_, k) => sparse.z[k]));
    const distance = (k: number) => big(max - (own[k] as number));
    return solve(sparse, own, target[row] as number, alpha, size, distance);
  });
}

function solve(
  { kind, z, p }: Sparse,
  x: readonly number[],
  y: number,
  alpha: number,
  size: (p: Big) => Big,
  distance: (k: number) => Big,
): Solved {
  if (kind !== 'finite') {
    const lost = { value: Number.NaN, largest: ONE, distance: ZERO };
    const dx = x.map((v) => (v === Number.NEGATIVE_INFINITY || kind === 'impossible' ? undefined : lost));
    return { loss: Number.NaN, size: ONE, dx };
  }
  const dx = p.map((share, k) => {
    if (!z[k] || (k !== y && share.m === 0n)) return undefined;
    const value = k === y ? subtract(share, ONE) : share;
    const largest = k === y && value.m !== 0n ? ONE : share;
    const blur = share.m === 0n ? 0 : 8 * nearest(subtract(divide(size(share), share), ONE));
    return { value, largest, distance: distance(k), blur };
  });
  const own = z[y];
  if (!own) return { loss: Number.POSITIVE_INFINITY, size: ONE, dx };
  const entropy = total(p.map((share) => subtract(share, powerOf(share, alpha))));
  const scale = multiply(big(alpha), subtract(big(alpha), ONE));
  const gaps = p.map((share, k) => trim(multiply(share, subtract(z[k] ?? own, own))));
  const loss = total([divide(entropy, scale), ...gaps]);
  // What an error in the threshold moves Σ_{c ≠ y} p^α/α by.
  const moved = p.map((share, k) =>
    k === y || share.m === 0n ? ZERO : multiply(divide(powerOf(share, alpha), share), size(share)),
  );
  return { loss, size: loss, moved: loss.m === 0n ? ZERO : total(moved), dx };
}

const powerOf = (p: Big, alpha: number): Big =>
  p.m === 0n ? ZERO : alpha === 2 ? multiply(p, p) : power(p, big(alpha));
