import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, store } from '../layout/rows.ts';
import { hide } from './parts/mask.ts';

/**
 * 1 at the first maximum. A row with a NaN, or without a possible entry, is NaN except at its
 * masked entries.
 */
export const hardmax: Kernel<'hardmax', Host, 'sync'> = (p, { x, mask }) => {
  const y = allocate(p.dtype, x.length);
  const z = new Float64Array(p.n);
  eachRow(p, (start) => {
    load(x, start, p, z);
    if (mask) hide(mask, start, p.inner, z);
    let at = -1;
    let max = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < p.n && max === max; k++)
      if (!((z[k] as number) <= max)) {
        at = k;
        max = z[k] as number;
      }
    if (max > Number.NEGATIVE_INFINITY) {
      z.fill(0);
      z[at] = 1;
    } else for (let k = 0; k < p.n; k++) z[k] = mask?.[start + k * p.inner] === 0 ? 0 : Number.NaN;
    store(z, y, start, p);
  });
  return { y };
};
