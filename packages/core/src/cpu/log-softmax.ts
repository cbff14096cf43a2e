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
import { logSoftmaxSlopes, scaledRow } from './parts/scaled-row.ts';

/**
 * log p_k = (v_k − max)/T − log1p(rest): two terms of one sign, so nothing cancels, and −2e−9 is
 * not 0.
 */
export const logSoftmax: Kernel<'logSoftmax', Host, 'sync'> = (p, inputs) => {
  const y = allocate(p.dtype, inputs.x.length);
  const [v, z, low] = [new Float64Array(p.n), new Float64Array(p.n), lowOf(p, inputs)];
  eachRow(p, (start, row) => {
    const left = logits(p, inputs, start, v, low);
    z.set(v);
    const { max, at, rest } = exponentialsOf(p, inputs, row, z, low);
    if (Number.isFinite(max)) {
      const t = temperatureOf(p, inputs.temperature, row);
      const log = Math.log1p(rest);
      const base = low?.[at] ?? 0;
      for (let k = 0; k < z.length; k++)
        z[k] = quotient(v[k] as number, max, t, low ? (low[k] as number) - base : 0) - log;
    } else {
      degenerate(p, max, left, inputs.mask, start, z);
      for (let k = 0; k < z.length; k++) z[k] = Math.log(z[k] as number);
    }
    store(z, y, start, p);
  });
  return { y };
};

/**
 * (v − max + δ)/T with its limits: 0 at the maximum for every T; −inf stays −inf, also if v − max
 * overflows.
 */
function quotient(v: number, max: number, t: number, delta: number): number {
  if (v === max && (delta === 0 || t === 0)) return 0;
  const s = v - max + delta;
  if (s !== Number.NEGATIVE_INFINITY) return s / t;
  return v === s ? v : (v / 2 - max / 2) / (t / 2);
}

/**
 * dx = (dy − p·Σ dy)/T. For the most probable entry it is dy·(1 − p) − p·Σ of the others, where
 * 1 − p = rest/Σ e, so nothing cancels for p close to one-hot. −inf entries take no part.
 */
export const logSoftmaxGrad: Kernel<'logSoftmaxGrad', Host, 'sync'> = (p, inputs) => {
  const dx = allocate(p.dtype, inputs.x.length);
  const [v, z, g] = [new Float64Array(p.n), new Float64Array(p.n), new Float64Array(p.n)];
  const low = lowOf(p, inputs);
  eachRow(p, (start, row) => {
    logits(p, inputs, start, v, low);
    z.set(v);
    load(inputs.dy, start, p, g);
    const summary = exponentialsOf(p, inputs, row, z, low);
    const { max, at, rest } = summary;
    const t = temperatureOf(p, inputs.temperature, row);
    const sizes = sizesOf(g, v, z);
    if (Number.isFinite(max) && !Number.isFinite(sizes.largest)) unbounded(g, v, signOf(p, t));
    else if (isLifted(p, { v, z, max, t }, sizes)) {
      const slopes = slopesOf(p, inputs, start, row);
      logSoftmaxSlopes(scaledRow(v, summary, t, inputs.sink?.[row], low), v, g, slopes);
    } else {
      const total = 1 + rest;
      for (let k = 0; k < z.length; k++) if (v[k] === Number.NEGATIVE_INFINITY) g[k] = 0;
      const scale = unitOf(sizes.largest);
      const sum = new Sum();
      for (let k = 0; k < z.length; k++) if (k !== at) sum.add((g[k] as number) * scale);
      const others = sum.value;
      const all = at < 0 ? others : others + (g[at] as number) * scale;
      for (let k = 0; k < z.length; k++) {
        // An entry that adds nothing to Σ p keeps its dy, however small.
        if (z[k] === 0 || v[k] === Number.NEGATIVE_INFINITY) continue;
        const dy = (g[k] as number) * scale;
        g[k] = (k === at ? (dy * rest - others) / total : dy - ((z[k] as number) / total) * all) / scale;
      }
      backward(p, inputs, start, row, g);
    }
    store(g, dx, start, p);
  });
  return { dx };
};
