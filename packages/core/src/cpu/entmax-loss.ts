import type { Kernel } from '../contract/backend.ts';
import type { EntmaxLoss } from '../contract/kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { load, store } from '../layout/rows.ts';
import { double, minus } from './arithmetic/double-double.ts';
import { powerTo } from './arithmetic/exact-threshold.ts';
import { Sum } from './arithmetic/sum.ts';
import { beyondOf } from './entmax.ts';
import { hide } from './parts/mask.ts';
import { reduced } from './parts/reduced.ts';
import { entmaxOf } from './parts/threshold.ts';

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
 * H_α(p) + ⟨p, z⟩ − z_y as a sum without a negative term: Σ_{c ≠ y} p_c^α/α, the divergence of p_y from 1, and where
 * p_y = 0 how far z_y is below the threshold (Blondel, Martins & Niculae 2020, §3). dx = p − e_y, 1 − p_y = Σ_{c ≠ y} p_c.
 */
function solve(p: EntmaxLoss, { x, classes, weights, mask, ...inputs }: Inputs, dx?: Host): Host {
  const { alpha } = p;
  const [z, beyond] = [new Float64Array(p.n), beyondOf(p)];
  return reduced(p, weights, inputs.dy, (start, row, share, dy) => {
    load(x, start, p, z);
    if (mask) hide(mask, start, p.inner, z);
    const y = classes[row] as number;
    const own = z[y] as number;
    const { max, low, drop } = entmaxOf(z, alpha, beyond);
    const [loss, rest] = [new Sum(), new Sum()];
    for (let k = 0; k < p.n; k++) {
      if (k === y || z[k] === 0) continue;
      rest.add(z[k] as number);
      const own = z[k] as number;
      const power = beyond
        ? powerTo({ high: own, low: beyond[k] as number }, double(alpha)).high
        : own ** alpha;
      loss.add(power / alpha);
    }
    loss.add(divergence(z[y] as number, rest.value, alpha));
    if (z[y] === 0) {
      const gap = minus(minus(double(low), double(own)), drop);
      loss.add(Math.max(gap.high, 0));
    }
    if (dx) {
      z[y] = own === Number.NEGATIVE_INFINITY ? 0 : (z[y] as number) * 0 - rest.value;
      for (let k = 0; k < p.n; k++) if (z[k] !== 0) z[k] = (z[k] as number) * share * dy;
      store(z, dx, start, p);
    }
    return Number.isFinite(max) ? loss.value : Number.NaN;
  });
}

/** ∫₀^r t(1 − t)^{α − 2} dt, r = 1 − p: (1 − p^s(1 + s·r))/(α·s), s = α − 1; by its series where that cancels. */
function divergence(p: number, r: number, alpha: number): number {
  const s = alpha - 1;
  if (r * Math.max(1, s) < 0.5) {
    let sum = 0;
    for (let n = 1, term = r * r; sum + term !== sum; n++) {
      sum += term / (n + 1);
      term *= (r * (n - s)) / n;
    }
    return sum;
  }
  const e = Math.expm1(s * (r < 0.5 ? Math.log1p(-r) : Math.log(p)));
  return -(s * r + e * (1 + s * r)) / (alpha * s);
}
