import type { Kernel } from '../contract/backend.ts';
import type { Entmax } from '../contract/kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, store } from '../layout/rows.ts';
import { double, minus, over, plus, productError, sumError } from './arithmetic/double-double.ts';
import { powerTo } from './arithmetic/exact-threshold.ts';
import { scaleOf } from './arithmetic/magnitude.ts';
import { Sum } from './arithmetic/sum.ts';
import { unbounded } from './parts/cotangents.ts';
import { hide } from './parts/mask.ts';
import { baseOf, entmaxOf, raisedTo, type Threshold, toleranceOf } from './parts/threshold.ts';

interface Inputs {
  readonly x: Host;
  readonly mask?: Host | undefined;
}

/**
 * p = [(α − 1)x − τ]₊^{1/(α − 1)}. A row without a finite maximum is NaN except at its masked
 * entries.
 */
export const entmax: Kernel<'entmax', Host, 'sync'> = (p, inputs) => {
  const y = allocate(p.dtype, inputs.x.length);
  const z = new Float64Array(p.n);
  eachRow(p, (start) => {
    const { max } = row(p, inputs, start, z);
    if (!Number.isFinite(max))
      for (let k = 0; k < p.n; k++) z[k] = inputs.mask?.[start + k * p.inner] === 0 ? 0 : Number.NaN;
    store(z, y, start, p);
  });
  return { y };
};

export const entmax15: Kernel<'entmax15', Host, 'sync'> = (p, inputs) => entmax({ ...p, alpha: 1.5 }, inputs);

/**
 * dx = s ∘ (dy − Σ s·dy / Σ s), s = p^{2 − α} on the support. dy is taken relative to its value at
 * the largest s. That entry then adds nothing to the sum, and nothing cancels if its s is far above
 * the others.
 */
export const entmaxGrad: Kernel<'entmaxGrad', Host, 'sync'> = (p, inputs) => {
  const dx = allocate(p.dtype, inputs.x.length);
  const exact = p.dtype === 'float64';
  const [x, z, g] = [new Float64Array(p.n), new Float64Array(p.n), new Float64Array(p.n)];
  eachRow(p, (start) => {
    const threshold = row(p, inputs, start, z, x);
    load(inputs.dy, start, p, g);
    let at = 0;
    for (let k = 0; k < p.n; k++) {
      if (Number.isFinite(threshold.max)) z[k] = weightOf(z[k] as number, x[k] as number, threshold, p.alpha);
      if ((z[k] as number) > (z[at] as number)) at = k;
    }
    const scale = scaleOf(g, z);
    const [top, origin] = [z[at] as number, (g[at] as number) * scale];
    const [weight, sum] = [new Sum(), new Sum()];
    for (let k = 0; k < p.n; k++) {
      if (z[k] === 0) continue;
      const share = (z[k] as number) / top;
      weight.add(share);
      const d = (g[k] as number) * scale - origin;
      const term = share * d;
      sum.add(term);
      // The largest s may be 1/n of all, and its dy n times the mean.
      if (exact)
        sum.add(productError(share, d, term) + share * sumError((g[k] as number) * scale, -origin, d));
    }
    const mean = over(sum.double, weight.double);
    if (!Number.isFinite(mean.high) && Number.isFinite(threshold.max)) {
      // A dy on the support is NaN or infinite, and every s there is above 0.
      const support = x.map((v) => (v < threshold.low ? Number.NEGATIVE_INFINITY : v));
      unbounded(g, support, 1);
      store(g, dx, start, p);
      return;
    }
    for (let k = 0; k < p.n; k++) {
      const s = z[k] as number;
      if (s === 0) continue;
      const cotangent = (g[k] as number) * scale;
      const d = exact
        ? minus(plus(double(cotangent), double(-origin)), mean).high
        : cotangent - origin - mean.high;
      // If s > 1 overflows first, so does the result.
      z[k] = scale < 1 && s > 1 ? s * (d / scale) : (s / scale) * d;
    }
    store(z, dx, start, p);
  });
  return { dx };
};

/**
 * p^{2 − α} = p/u, u = p^{α − 1}; if p is below the normal numbers and u is not,
 * u^{(2 − α)/(α − 1)}. At most 1e300.
 */
function weightOf(p: number, x: number, threshold: Threshold, alpha: number): number {
  if (x < threshold.low) return 0;
  if (alpha === 2) return 1;
  if (p >= 2 ** -1022) return Math.min(p / raisedTo(p, x, threshold, alpha), 1e300);
  const s = alpha - 1;
  return Math.min(powerTo(baseOf(x, threshold, s), over(double(1 - s), double(s))).high, 1e300);
}

/** Solves one row in z, and writes its values to x. */
function row(p: Entmax, inputs: Inputs, start: number, z: Float64Array, x?: Float64Array): Threshold {
  load(inputs.x, start, p, z);
  if (inputs.mask) hide(inputs.mask, start, p.inner, z);
  x?.set(z);
  return entmaxOf(z, p.alpha, toleranceOf(p.dtype));
}
