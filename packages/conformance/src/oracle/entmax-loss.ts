import { type Big, big, divide, multiply, ONE, subtract, total, trim, ZERO } from './big.ts';
import { crossEntropy } from './cross-entropy.ts';
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
  return likelihood(example, ({ x, mask, target }, at, row) => {
    const own = at.map((place) => x[place] as number);
    const sparse = sparseOf(own, mask && at.map((place) => mask[place] as boolean), alpha);
    const max = Math.max(...own.filter((_, k) => sparse.z[k]));
    const distance = (k: number) => big(max - (own[k] as number));
    return solve(sparse, own, target[row] as number, alpha, distance);
  });
}

function solve(
  { kind, z, p }: Sparse,
  x: readonly number[],
  y: number,
  alpha: number,
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
    return { value, largest: k === y && value.m !== 0n ? ONE : share, distance: distance(k) };
  });
  const own = z[y];
  if (!own) return { loss: Number.POSITIVE_INFINITY, size: ONE, dx };
  const entropy = total(p.map((share) => subtract(share, powerOf(share, alpha))));
  const scale = multiply(big(alpha), subtract(big(alpha), ONE));
  const gaps = p.map((share, k) => trim(multiply(share, subtract(z[k] ?? own, own))));
  const loss = total([divide(entropy, scale), ...gaps]);
  return { loss, size: loss, dx };
}

const powerOf = (p: Big, alpha: number): Big =>
  p.m === 0n ? ZERO : alpha === 2 ? multiply(p, p) : power(p, big(alpha));
