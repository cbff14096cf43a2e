import { exponentials } from '../arithmetic/exponentials.ts';
import { Sum } from '../arithmetic/sum.ts';
import { unbounded } from './cotangents.ts';
import type { Logits } from './linear.ts';

/**
 * The vector–Jacobian product of one choice. Replaces the logits z by their cotangents. For log q
 * with cotangents g these are g − q·Σ g; for the mean Σ q·g of g they are q ∘ (g − Σ q·g). Returns
 * that sum or mean. Impossible entries take no part.
 */
export function carry({ z, low }: Logits, g: Float64Array, log: boolean): number {
  const v = z.slice();
  const { at, rest } = exponentials(z, 1, undefined, low);
  const total = 1 + rest;
  // Relative to the most probable entry, which then adds nothing: nothing cancels for q close to
  // one-hot.
  const origin = g[at] ?? 0;
  const others = new Sum();
  const possible = (k: number) => v[k] !== Number.NEGATIVE_INFINITY;
  for (let k = 0; k < z.length; k++)
    if (k !== at && possible(k))
      others.add(log ? (g[k] as number) : (z[k] as number) * ((g[k] as number) - origin));
  const mean = others.value / total;
  const sum = origin + others.value;
  if (!Number.isFinite(sum) && Number.isFinite(total)) {
    const endless = Array.from(g).filter((own, k) => possible(k) && !Number.isFinite(own));
    z.set(g);
    unbounded(z, v, 1);
    return endless.reduce((a, b) => a + b, 0);
  }
  for (let k = 0; k < z.length; k++) {
    const [q, cotangent] = [(z[k] as number) / total, g[k] as number];
    if (!possible(k)) z[k] = 0;
    else if (!log) z[k] = q * (cotangent - origin - mean);
    else z[k] = k === at ? (cotangent * rest - others.value) / total : cotangent - q * sum;
  }
  return log ? sum : origin + mean;
}
