import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import type { CrossEntropy } from '../kernels.ts';
import { exponentials } from './exponentials.ts';
import { hide } from './hide.ts';
import { eachRow, load, rounded, store } from './row.ts';
import { Sum } from './sum.ts';

interface Inputs {
  readonly x: Host;
  readonly classes: Host;
  readonly weights: Host;
  readonly mask?: Host | undefined;
  readonly classWeights?: Host | undefined;
  readonly dy?: Host | undefined;
}

export const crossEntropy: Kernel<'crossEntropy', Host, 'sync'> = (p, inputs) => ({ loss: solve(p, inputs) });

export const crossEntropyGrad: Kernel<'crossEntropyGrad', Host, 'sync'> = (p, inputs) => {
  const dx = allocate(p.dtype, inputs.x.length);
  return { loss: solve(p, inputs, dx), dx };
};

/** The losses and, into `dx` if there is one, the gradient. A row of weight 0 is skipped, not multiplied: 0·∞ is NaN. */
function solve(p: CrossEntropy, inputs: Inputs, dx?: Host): Host {
  const { x, classes, weights, mask, classWeights, dy } = inputs;
  const { n, smoothing, zLoss, denominator } = p;
  const [v, z, a] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const losses = new Float64Array(p.outer * p.inner);
  const sum = new Sum();
  eachRow(p, (start, row) => {
    const weight = weights[row] as number;
    if (weight === 0) return;
    load(x, start, p, v);
    if (mask) hide(mask, start, p.inner, v);
    z.set(v);
    const { max, at, rest } = exponentials(z);
    const log = Math.log1p(rest);
    const lse = max + log;

    // a = w ∘ q; l = Σ a·(lse − v), every term of one sign.
    const count = mask && smoothing > 0 ? countOf(mask, start, p) : n;
    const loss = new Sum();
    const mass = new Sum();
    for (let k = 0; k < n; k++) {
      const hidden = mask?.[start + k * p.inner] === 0;
      const q = (k === classes[row] ? 1 - smoothing : 0) + (hidden ? 0 : smoothing / count);
      a[k] = q * (classWeights ? (classWeights[k] as number) : 1);
      if (a[k] === 0) continue;
      loss.add((a[k] as number) * (max - (v[k] as number) + log));
      mass.add(a[k] as number);
    }
    if (zLoss > 0) loss.add(zLoss * lse * lse);
    losses[row] = weight * (Number.isFinite(max) ? loss.value : Number.NaN);
    sum.add(losses[row] as number);
    if (!dx) return;

    const scale = (weight * (dy ? (dy[row] as number) : 1)) / denominator;
    gradient(v, z, a, at, rest, mass.value, 2 * zLoss * lse, scale);
    store(z, dx, start, p);
  });
  if (!p.sum) return rounded(losses, p.dtype);
  return rounded(Float64Array.of(sum.value / denominator), p.dtype);
}

/**
 * z = scale·(mass·p − a + tilt·p), from the exponentials in z. Written as p·(mass − a) − a·(1 − p) it does not cancel
 * where p is close to one-hot: 1 − p of the likeliest entry is rest/Σ e.
 */
function gradient(
  v: Float64Array,
  z: Float64Array,
  a: Float64Array,
  at: number,
  rest: number,
  mass: number,
  tilt: number,
  scale: number,
): void {
  for (let k = 0; k < z.length; k++) {
    const p = (z[k] as number) / (1 + rest);
    const q = k === at ? rest / (1 + rest) : 1 - p;
    const [own, other] = [a[k] as number, mass - (a[k] as number)];
    z[k] = v[k] === Number.NEGATIVE_INFINITY ? 0 : scale * (p * (other + tilt) - own * q);
  }
}

function countOf(mask: Host, start: number, { n, inner }: CrossEntropy): number {
  let count = 0;
  for (let k = 0; k < n; k++) if (mask[start + k * inner]) count++;
  return count;
}
