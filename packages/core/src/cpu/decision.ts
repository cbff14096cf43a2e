import { exponentials } from './exponentials.ts';
import type { Linear } from './linear.ts';

/**
 * The logits of the children of a node: of two children the weights give one, z, and log σ(±z) is the log-softmax of
 * (min(z, 0), min(−z, 0)), exact for every z and at ±∞; an only child is certain.
 */
export function decision(z: Float64Array): Float64Array {
  if (z.length > 1) return z;
  const [only] = z;
  return only === undefined ? new Float64Array(1) : Float64Array.of(Math.min(only, 0), Math.min(-only, 0));
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
  return max - (v[chosen] as number) + Math.log1p(rest);
}

/** Makes z its softmax, or the logarithm of that. */
export function normalise(z: Float64Array, log: boolean): Float64Array {
  const v = z.slice();
  const { max, rest } = exponentials(z);
  const off = Math.log1p(rest);
  return z.map((e, k) => (log ? (v[k] as number) - max - off : e / (1 + rest)));
}

/** The probabilities of the children of a node, or their logarithms; none of a leaf. */
export function children(
  linear: Linear,
  h: Float64Array,
  { first, rowOf }: { readonly first: ArrayLike<number>; readonly rowOf: ArrayLike<number> },
  node: number,
  log: boolean,
): Float64Array {
  const from = first[node] as number;
  const count = (first[node + 1] as number) - from;
  if (count === 0) return new Float64Array(0);
  return normalise(decision(linear.logits(h, rowOf[from], count > 2 ? count : count - 1)), log);
}
