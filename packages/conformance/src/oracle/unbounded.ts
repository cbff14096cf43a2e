import type { Big } from './big.ts';

/** Returns true if a cotangent that is read is NaN or infinite. */
export const isEndless = (dy: number | undefined): boolean => dy !== undefined && !Number.isFinite(dy);

/** 1, −1 or 0. */
export const signOf = ({ m }: Big): number => (m > 0n ? 1 : m < 0n ? -1 : 0);

/**
 * A factor times a cotangent that is not finite: of the factor only its sign counts, and one of 0
 * is not multiplied.
 */
export const lifted = (factor: Big, dy: number): number => (factor.m === 0n ? 0 : signOf(factor) * dy);

/** The sum, to which finite numbers add nothing. */
export const sumOf = (dy: readonly (number | undefined)[]): number =>
  dy.reduce<number>((sum, own) => (own !== undefined && isEndless(own) ? sum + own : sum), 0);

/**
 * p·(g − Σ p·g), or g − p·Σ g, of which one g at least is not finite: 0 < p ≤ 1, so that a finite g
 * has the sign of −Σ g, and any other is ∞ − ∞. Undefined where g is not read.
 */
export function pulled(g: readonly (number | undefined)[]): readonly (number | undefined)[] {
  const sum = sumOf(g);
  return g.map((own) => (own === undefined ? undefined : isEndless(own) ? Number.NaN : -sum));
}
