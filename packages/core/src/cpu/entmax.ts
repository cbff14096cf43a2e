import type { Kernel } from '../contract/backend.ts';
import type { Entmax } from '../contract/kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, store } from '../layout/rows.ts';
import { double, plus } from './arithmetic/double-double.ts';
import { powerTo } from './arithmetic/exact-threshold.ts';
import { scaleOf } from './arithmetic/magnitude.ts';
import { Sum } from './arithmetic/sum.ts';
import { hide } from './parts/mask.ts';
import { entmaxOf, type Threshold } from './parts/threshold.ts';

interface Inputs {
  readonly x: Host;
  readonly mask?: Host | undefined;
}

/** p = [(α − 1)x − τ]₊^{1/(α − 1)}. A row without a finite maximum is NaN but for its masked entries. */
export const entmax: Kernel<'entmax', Host, 'sync'> = (p, inputs) => {
  const y = allocate(p.dtype, inputs.x.length);
  const [z, beyond] = [new Float64Array(p.n), beyondOf(p)];
  eachRow(p, (start) => {
    const { max } = row(p, inputs, start, z, beyond);
    if (!Number.isFinite(max))
      for (let k = 0; k < p.n; k++) z[k] = inputs.mask?.[start + k * p.inner] === 0 ? 0 : Number.NaN;
    store(z, y, start, p);
  });
  return { y };
};

export const entmax15: Kernel<'entmax15', Host, 'sync'> = (p, inputs) => entmax({ ...p, alpha: 1.5 }, inputs);

/**
 * dx = s ∘ (dy − Σ s·dy / Σ s), s = p^{2 − α} on the support. Relative to the dy of the entry with the largest s,
 * that entry adds nothing to the sum and nothing cancels where its s is far above the others.
 */
export const entmaxGrad: Kernel<'entmaxGrad', Host, 'sync'> = (p, inputs) => {
  const dx = allocate(p.dtype, inputs.x.length);
  const [z, g, beyond] = [new Float64Array(p.n), new Float64Array(p.n), beyondOf(p)];
  const exponent = plus(double(2), double(-p.alpha));
  eachRow(p, (start) => {
    row(p, inputs, start, z, beyond);
    load(inputs.dy, start, p, g);
    let at = 0;
    for (let k = 0; k < p.n; k++) {
      const own = z[k] as number;
      if (own > 0)
        z[k] = Math.min(
          beyond ? powerTo({ high: own, low: beyond[k] as number }, exponent).high : own ** (2 - p.alpha),
          1e300,
        );
      if ((z[k] as number) > (z[at] as number)) at = k;
    }
    const scale = scaleOf(g, z);
    const [top, origin] = [z[at] as number, (g[at] as number) * scale];
    const [weight, sum] = [new Sum(), new Sum()];
    for (let k = 0; k < p.n; k++) {
      if (z[k] === 0) continue;
      const share = (z[k] as number) / top;
      weight.add(share);
      sum.add(share * ((g[k] as number) * scale - origin));
    }
    const mean = sum.value / weight.value;
    for (let k = 0; k < p.n; k++) {
      const [s, d] = [z[k] as number, (g[k] as number) * scale - origin - mean];
      // Where s > 1 overflows first, the result does.
      if (s !== 0) z[k] = scale < 1 && s > 1 ? s * (d / scale) : (s / scale) * d;
    }
    store(z, dx, start, p);
  });
  return { dx };
};

/** Room for what probabilities have beyond float64: a power of them would lose it. α = 1.5 and 2 need none. */
export const beyondOf = ({ alpha, dtype, n }: Entmax): Float64Array | undefined =>
  dtype === 'float64' && alpha !== 1.5 && alpha !== 2 ? new Float64Array(n) : undefined;

function row(
  p: Entmax,
  { x, mask }: Inputs,
  start: number,
  z: Float64Array,
  beyond?: Float64Array,
): Threshold {
  load(x, start, p, z);
  if (mask) hide(mask, start, p.inner, z);
  return entmaxOf(z, p.alpha, beyond);
}
