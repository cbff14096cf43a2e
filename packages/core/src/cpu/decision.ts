import { exponentials } from './exponentials.ts';
import type { Linear } from './linear.ts';

/** −log σ(z) for the first of two children, −log σ(−z) for the second: softplus(∓z). An infinite z has gradient 0. */
export function decide(z: number, first: boolean): { readonly loss: number; readonly dz: number } {
  const s = first ? z : -z;
  const e = Math.exp(-Math.abs(z));
  const dz = (s < 0 ? 1 : e) / (1 + e);
  return {
    loss: Math.max(-s, 0) + Math.log1p(e),
    dz: Math.abs(z) === Number.POSITIVE_INFINITY ? 0 : first ? -dz : dz,
  };
}

/** −log softmax(z)[chosen]; z becomes its gradient, softmax(z) − e_chosen, exactly 0 where it is −inf. */
export function choose(z: Float64Array, chosen: number): number {
  const v = z.slice();
  const { max, at, rest } = exponentials(z);
  for (let k = 0; k < z.length; k++) {
    const p = (z[k] as number) / (1 + rest);
    // 1 − p of the likeliest entry is rest/Σ e: nothing cancels.
    z[k] = k !== chosen ? p : k === at ? -rest / (1 + rest) : p - 1;
    if (v[k] === Number.NEGATIVE_INFINITY) z[k] = 0;
  }
  return Number.isFinite(max) ? max - (v[chosen] as number) + Math.log1p(rest) : Number.NaN;
}

/** Makes z its softmax, or the logarithm of that. */
export function normalise(z: Float64Array, log: boolean): Float64Array {
  const v = z.slice();
  const { max, rest } = exponentials(z);
  const off = Math.log1p(rest);
  for (let k = 0; k < z.length; k++)
    z[k] = log ? (v[k] as number) - max - off : (z[k] as number) / (1 + rest);
  return z;
}

/** The probabilities, or their logarithms, of the `count` children of a node whose weights begin at `row`. */
export function children(
  linear: Linear,
  row: number,
  h: Float64Array,
  count: number,
  log: boolean,
): Float64Array {
  const p = new Float64Array(count);
  if (count > 2) {
    linear.logits(row, h, p);
    return normalise(p, log);
  }
  if (count === 1) return p.fill(log ? 0 : 1);
  const z = linear.logit(row, h);
  const e = Math.exp(-Math.abs(z));
  for (let k = 0; k < 2; k++) {
    const s = k === 0 ? z : -z;
    p[k] = log ? Math.min(s, 0) - Math.log1p(e) : (s < 0 ? e : 1) / (1 + e);
  }
  return p;
}
