import { must } from './outputs.ts';

/**
 * A step whose cube is far above the rounding error of float64, and whose square is far below it.
 */
const H = 2 ** -13;

/** Fails unless dx is the gradient of f at x, by central differences: (f(x + h) − f(x − h))/2h. */
export async function agrees(
  f: (x: readonly number[]) => Promise<number>,
  x: readonly number[],
  dx: ArrayLike<number>,
  where: string,
): Promise<void> {
  for (const [k, v] of x.entries()) {
    if (!Number.isFinite(v)) continue;
    const slope = ((await f(x.with(k, v + H))) - (await f(x.with(k, v - H)))) / (2 * H);
    const error = Math.abs(slope - (dx[k] as number));
    must(
      error <= 1e-6 * Math.max(1, Math.abs(slope)),
      `${where}: dx[${k}] is ${dx[k]}, by differences ${slope}`,
    );
  }
}

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, v, k) => sum + (v === 0 || b[k] === 0 ? 0 : v * (b[k] as number)), 0);
