import { type Backend, cpu, cpuKernels, type Host, type Kernel } from '@softmax/core';

/** An online softmax of plain rows: maximum and sum in one pass (Milakov & Gimelshein 2018); options go to the reference. */
const softmax: Kernel<'softmax', Host, 'sync'> = (p, inputs) => {
  const { x, mask, temperature, sink } = inputs;
  const { temperature: t, softcap, negate, dtype, empty } = p;
  const plain =
    !mask && !temperature && !sink && t === 1 && !softcap && !negate && empty.impossible === 'nan';
  if (!plain || dtype !== 'float32') return cpuKernels.softmax(p, inputs);
  const y = new Float32Array(x.length);
  for (let o = 0; o < p.outer; o++)
    for (let i = 0; i < p.inner; i++) {
      const at = (k: number) => (o * p.n + k) * p.inner + i;
      let [max, sum] = [Number.NEGATIVE_INFINITY, 0];
      for (let k = 0; k < p.n; k++) {
        const v = x[at(k)] ?? 0;
        if (v > max || v !== v) {
          sum = max === Number.NEGATIVE_INFINITY ? 1 : sum * Math.exp(max - v) + 1;
          max = v;
        } else if (v !== Number.NEGATIVE_INFINITY) sum += Math.exp(v - max);
      }
      // +inf makes the row NaN, and −inf − −inf does so by itself where nothing is possible.
      const shift = max === Number.POSITIVE_INFINITY ? Number.NaN : max;
      for (let k = 0; k < p.n; k++) y[at(k)] = Math.exp((x[at(k)] ?? 0) - shift) / sum;
    }
  return { y };
};

/** A backend that brings one kernel and borrows the others. */
export const borrowed = (): Backend<Host, 'sync'> => ({
  ...cpu(),
  name: 'borrowed',
  kernels: { ...cpuKernels, softmax },
});
