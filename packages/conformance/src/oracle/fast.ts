import type { Expected } from './expected.ts';

/**
 * Exponentials of a row of finite float32 logits in float64, relative to the largest: the rounding error of x − max is
 * carried along (TwoDiff), and that of the sum (Neumaier 1974). Within 2.5 ulp of float64, at any length.
 */
function exponentials(x: ArrayLike<number>): { max: number; at: number; e: Float64Array; rest: number } {
  let at = 0;
  for (let k = 1; k < x.length; k++) if ((x[k] as number) > (x[at] as number)) at = k;
  const max = x[at] as number;
  const e = new Float64Array(x.length);
  let sum = 0;
  let lost = 0;
  for (let k = 0; k < x.length; k++) {
    const v = x[k] as number;
    const s = v - max;
    const back = s + max;
    const error = v - back - (s - (back - max));
    const term = Math.exp(s) * (1 + error);
    e[k] = term;
    if (k === at) continue;
    const next = sum + term;
    lost += sum >= term ? sum - next + term : term - next + sum;
    sum = next;
  }
  return { max, at, e, rest: sum + lost };
}

/** softmax, or its logarithm, of one long row, written to `out` from `start` on. */
export function fastDistribution(x: ArrayLike<number>, log: boolean, out: Expected, start = 0): void {
  const { max, e, rest } = exponentials(x);
  const lse = Math.log1p(rest);
  for (let k = 0; k < x.length; k++) {
    const s = (x[k] as number) - max;
    // Not 0 where only float64 is too small for it: what is 0 itself must be exactly 0.
    const p = Math.max((e[k] as number) / (1 + rest), 2 ** -1074);
    out.set(start + k, log ? s - lse : p, Math.abs(s));
  }
}

/** log Σ e^x of one long row. */
export function fastLogSumExp(x: ArrayLike<number>, out: Expected, at = 0): void {
  const { max, rest } = exponentials(x);
  out.set(at, max + Math.log1p(rest), Math.abs(max));
}
