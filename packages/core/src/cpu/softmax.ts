import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, store } from '../layout/rows.ts';
import { unitOf } from './arithmetic/magnitude.ts';
import { Sum } from './arithmetic/sum.ts';
import { isLifted, sizesOf, unbounded } from './parts/cotangents.ts';
import {
  backward,
  degenerate,
  exponentialsOf,
  logits,
  lowOf,
  signOf,
  slopesOf,
  temperatureOf,
} from './parts/distribution.ts';
import { scaledRow, softmaxSlopes } from './parts/scaled-row.ts';

/** p_k = e_k / Σ e: divides by the sum; exp(x − lse) would be less accurate. */
export const softmax: Kernel<'softmax', Host, 'sync'> = (p, inputs) => {
  const y = allocate(p.dtype, inputs.x.length);
  const [z, low] = [new Float64Array(p.n), lowOf(p, inputs)];
  eachRow(p, (start, row) => {
    const left = logits(p, inputs, start, z, low);
    const { max, rest } = exponentialsOf(p, inputs, row, z, low);
    const total = 1 + rest;
    if (Number.isFinite(max)) for (let k = 0; k < z.length; k++) z[k] = (z[k] as number) / total;
    else degenerate(p, max, left, inputs.mask, start, z);
    store(z, y, start, p);
  });
  return { y };
};

/**
 * dx = p ∘ (dy − Σ p·dy)/T. dy is taken relative to its value at the most probable entry. That
 * entry then adds nothing to the sum, and nothing cancels for p close to one-hot.
 * (The sink's own dy is 0.)
 */
export const softmaxGrad: Kernel<'softmaxGrad', Host, 'sync'> = (p, inputs) => {
  const dx = allocate(p.dtype, inputs.x.length);
  const [v, z, g] = [new Float64Array(p.n), new Float64Array(p.n), new Float64Array(p.n)];
  const low = lowOf(p, inputs);
  eachRow(p, (start, row) => {
    logits(p, inputs, start, v, low);
    z.set(v);
    load(inputs.dy, start, p, g);
    const summary = exponentialsOf(p, inputs, row, z, low);
    const { max, at, rest, sunk } = summary;
    const t = temperatureOf(p, inputs.temperature, row);
    const sizes = sizesOf(g, v, z);
    if (Number.isFinite(max) && !Number.isFinite(sizes.largest)) unbounded(g, v, signOf(p, t));
    else if (isLifted(p, { v, z, max, t }, sizes)) {
      const slopes = slopesOf(p, inputs, start, row);
      softmaxSlopes(scaledRow(v, summary, t, inputs.sink?.[row], low), v, g, slopes);
    } else {
      const total = 1 + rest;
      const scale = unitOf(sizes.near);
      const origin = at < 0 ? 0 : (g[at] as number) * scale;
      const sum = new Sum();
      for (let k = 0; k < z.length; k++)
        if (z[k] !== 0) sum.add((z[k] as number) * ((g[k] as number) * scale - origin));
      if (sunk !== 0) sum.add(-sunk * origin);
      const mean = sum.value / total;
      for (let k = 0; k < z.length; k++)
        if (z[k] === 0 || v[k] === Number.NEGATIVE_INFINITY) g[k] = 0;
        else g[k] = ((z[k] as number) / total / scale) * ((g[k] as number) * scale - origin - mean);
      backward(p, inputs, start, row, g);
    }
    store(g, dx, start, p);
  });
  return { dx };
};
