import type { Kernel } from '../contract/backend.ts';
import type { EntmaxLoss } from '../contract/kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { load, store } from '../layout/rows.ts';
import { double, minus, over, plus, times } from './arithmetic/double-double.ts';
import { multiply, ScaledSum } from './arithmetic/scaled-sum.ts';
import { Sum } from './arithmetic/sum.ts';
import { hide } from './parts/mask.ts';
import { reduced } from './parts/reduced.ts';
import { baseOf, entmaxOf, raisedTo, type Threshold, toleranceOf } from './parts/threshold.ts';

interface Inputs {
  readonly x: Host;
  readonly classes: Host;
  readonly weights: Host;
  readonly mask?: Host | undefined;
  readonly dy?: Host | undefined;
}

export const entmaxLoss: Kernel<'entmaxLoss', Host, 'sync'> = (p, inputs) => ({ loss: solve(p, inputs) });

export const entmaxLossGrad: Kernel<'entmaxLossGrad', Host, 'sync'> = (p, inputs) => {
  const dx = allocate(p.dtype, inputs.x.length);
  return { loss: solve(p, inputs, dx), dx };
};

/**
 * H_α(p) + ⟨p, z⟩ − z_y as a sum without negative terms: Σ_{c ≠ y} p_c^α/α, the divergence of p_y
 * from 1, and for p_y = 0 the distance of z_y below the threshold
 * (Blondel, Martins & Niculae 2020, §3). dx = p − e_y, 1 − p_y = Σ_{c ≠ y} p_c.
 */
function solve(p: EntmaxLoss, { x, classes, weights, mask, ...inputs }: Inputs, dx?: Host): Host {
  const { alpha } = p;
  const [v, z] = [new Float64Array(p.n), new Float64Array(p.n)];
  return reduced(p, weights, inputs.dy, (start, row, scale) => {
    load(x, start, p, z);
    if (mask) hide(mask, start, p.inner, z);
    v.set(z);
    const y = classes[row] as number;
    const targetLogit = v[y] as number;
    const threshold = entmaxOf(z, alpha, toleranceOf(p.dtype));
    const [loss, rest] = [new ScaledSum(), new Sum()];
    for (let k = 0; k < p.n; k++) {
      const share = z[k] as number;
      if (k === y || share === 0) continue;
      rest.add(share);
      // p^α = p·u.
      loss.add((share * raisedTo(share, v[k] as number, threshold, alpha)) / alpha);
    }
    const { low } = threshold;
    if (targetLogit >= low) loss.add(divergence(targetLogit, threshold, rest.value, alpha));
    else if (low - targetLogit < Number.POSITIVE_INFINITY) loss.add(outside(targetLogit, threshold, alpha));
    // Half of a distance that overflows; the other terms are negligible beside it.
    else loss.add(low / 2 - targetLogit / 2, 1, 1);
    if (dx) {
      z[y] = targetLogit === Number.NEGATIVE_INFINITY ? 0 : (z[y] as number) * 0 - rest.value;
      multiply(z, scale);
      store(z, dx, start, p);
    }
    return Number.isFinite(threshold.max) ? loss.value : Number.NaN;
  });
}

/**
 * The distance below the threshold of a target outside the support, and ∫₀¹ t(1 − t)^{α − 2}
 * dt = 1/(α(α − 1)).
 */
const outside = (targetLogit: number, { low, drop }: Threshold, alpha: number): number => {
  const whole = over(double(1), times(double(alpha), minus(double(alpha), double(1))));
  return plus(minus(minus(double(low), double(targetLogit)), drop), whole).high;
};

/**
 * ∫₀^r t(1 − t)^{α − 2} dt, r = 1 − p: (1 − u·(1 + s·r))/(α·s), s = α − 1, u = p^s = s·(x − τ),
 * which does not underflow where p does. For u near 1, −(r + l·(1 + s·r))/α, l = (u − 1)/s; for
 * small r the series.
 */
function divergence(x: number, threshold: Threshold, r: number, alpha: number): number {
  const s = alpha - 1;
  if (r * Math.max(1, s) < 0.5) {
    let sum = 0;
    for (let n = 1, term = r * r; sum + term !== sum; n++) {
      sum += term / (n + 1);
      term *= (r * (n - s)) / n;
    }
    return sum;
  }
  const u = baseOf(x, threshold, s).high;
  if (u < 0.5) return (1 - u * (1 + s * r)) / (alpha * s);
  const { low, drop } = threshold;
  const l = minus(plus(minus(double(x), double(low)), drop), over(double(1), double(s))).high;
  return -(r + l * (1 + s * r)) / alpha;
}
