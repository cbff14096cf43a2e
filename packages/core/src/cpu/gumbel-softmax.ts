import type { Kernel } from '../contract/backend.ts';
import type { Distribution, Gumbel } from '../contract/kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, store } from '../layout/rows.ts';
import { degenerate, exponentialsOf, logits } from './parts/distribution.ts';
import { softmax, softmaxGrad } from './softmax.ts';

const relaxed = (p: Gumbel): Distribution => ({
  ...p,
  negate: false,
  softcap: 0,
  empty: { masked: 'zero', impossible: 'nan' },
});

/** softmax((x + g)/T), or the one-hot vector of its maximum. */
export const gumbelSoftmax: Kernel<'gumbelSoftmax', Host, 'sync'> = (p, inputs) => {
  if (!p.hard) return softmax(relaxed(p), inputs);
  const y = allocate(p.dtype, inputs.x.length);
  const z = new Float64Array(p.n);
  const limit = relaxed({ ...p, temperature: 0 });
  eachRow(p, (start, row) => {
    const left = logits(limit, inputs, start, z);
    const { max, at } = exponentialsOf(limit, inputs, row, z);
    if (Number.isFinite(max)) z.fill(0)[at] = 1;
    else degenerate(limit, max, left, inputs.mask, start, z);
    store(z, y, start, p);
  });
  return { y };
};

/** dx = p ∘ (dy − Σ p·dy)/T at the same noise (straight-through for a hard sample). */
export const gumbelSoftmaxGrad: Kernel<'gumbelSoftmaxGrad', Host, 'sync'> = (p, inputs) =>
  softmaxGrad(relaxed(p), inputs);
