import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import type { Entmax } from '../kernels.ts';
import { hide } from './mask.ts';
import { eachRow, load, store } from './row.ts';
import { Sum } from './sum.ts';
import { entmaxOf, type Threshold } from './threshold.ts';

interface Inputs {
  readonly x: Host;
  readonly mask?: Host | undefined;
}

/** p = [(α − 1)x − τ]₊^{1/(α − 1)}. A row without a finite maximum is NaN but for its masked entries. */
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
 * dx = s ∘ (dy − Σ s·dy / Σ s), s = p^{2 − α} on the support. Relative to the dy of the entry with the largest s,
 * that entry adds nothing to the sum and nothing cancels where its s is far above the others.
 */
export const entmaxGrad: Kernel<'entmaxGrad', Host, 'sync'> = (p, inputs) => {
  const dx = allocate(p.dtype, inputs.x.length);
  const [z, g] = [new Float64Array(p.n), new Float64Array(p.n)];
  eachRow(p, (start) => {
    row(p, inputs, start, z);
    load(inputs.dy, start, p, g);
    let at = 0;
    for (let k = 0; k < p.n; k++) {
      if ((z[k] as number) > 0) z[k] = Math.min((z[k] as number) ** (2 - p.alpha), 1e300);
      if ((z[k] as number) > (z[at] as number)) at = k;
    }
    const [top, origin] = [z[at] as number, g[at] as number];
    const [weight, sum] = [new Sum(), new Sum()];
    for (let k = 0; k < p.n; k++) {
      if (z[k] === 0) continue;
      weight.add((z[k] as number) / top);
      sum.add((z[k] as number) * ((g[k] as number) - origin));
    }
    const mean = sum.value / weight.value / top;
    for (let k = 0; k < p.n; k++)
      if (z[k] !== 0) z[k] = (z[k] as number) * ((g[k] as number) - origin - mean);
    store(z, dx, start, p);
  });
  return { dx };
};

function row(p: Entmax, { x, mask }: Inputs, start: number, z: Float64Array): Threshold {
  load(x, start, p, z);
  if (mask) hide(mask, start, p.inner, z);
  return entmaxOf(z, p.alpha);
}
