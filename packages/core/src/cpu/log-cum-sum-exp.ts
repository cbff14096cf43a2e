import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import { eachRow, load, store } from './row.ts';
import { Sum } from './sum.ts';

/**
 * Replaces z by its cumulative log-sum-exp, base + log Σ e^{x − base}. The base follows the maximum only where that is
 * 30 above it (e³⁰·n is far from overflow): every change of base would round the whole sum once more.
 */
function accumulate(z: Float64Array): void {
  let base = Number.NEGATIVE_INFINITY;
  let sum = new Sum();
  for (let k = 0; k < z.length; k++) {
    const v = z[k] as number;
    if (v > base + 30 && v < Number.POSITIVE_INFINITY && sum.value < Number.POSITIVE_INFINITY) {
      const carried = sum.value * Math.exp(base - v);
      sum = new Sum();
      if (carried > 0) sum.add(carried);
      base = v;
    }
    if (v !== Number.NEGATIVE_INFINITY) sum.add(Math.exp(v - (base === Number.NEGATIVE_INFINITY ? 0 : base)));
    z[k] = base === Number.NEGATIVE_INFINITY ? Math.log(sum.value) : base + Math.log(sum.value);
  }
}

export const logCumSumExp: Kernel<'logCumSumExp', Host, 'sync'> = (p, { x }) => {
  const y = allocate(p.dtype, x.length);
  const z = new Float64Array(p.n);
  eachRow(p, (start) => {
    load(x, start, p, z);
    accumulate(z);
    store(z, y, start, p);
  });
  return { y };
};

/** From the end: a_k = dy_k + a_{k+1}·e^{y_k − y_{k+1}} and dx_k = e^{x_k − y_k}·a_k; no exponent is above 0. */
export const logCumSumExpGrad: Kernel<'logCumSumExpGrad', Host, 'sync'> = (p, { x, dy }) => {
  const dx = allocate(p.dtype, x.length);
  const [v, y, g] = [new Float64Array(p.n), new Float64Array(p.n), new Float64Array(p.n)];
  eachRow(p, (start) => {
    load(x, start, p, v);
    load(dy, start, p, g);
    y.set(v);
    accumulate(y);
    let a = 0;
    for (let k = p.n - 1; k >= 0; k--) {
      const next = k + 1 < p.n ? (y[k + 1] as number) : Number.POSITIVE_INFINITY;
      a = (g[k] as number) + (a === 0 ? 0 : a * Math.exp((y[k] as number) - next));
      g[k] = v[k] === Number.NEGATIVE_INFINITY ? 0 : Math.exp((v[k] as number) - (y[k] as number)) * a;
    }
    store(g, dx, start, p);
  });
  return { dx };
};
