import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, rounded, store } from '../layout/rows.ts';
import { logOfSum } from './arithmetic/exact-log-sum.ts';
import { exponentials } from './arithmetic/exponentials.ts';
import { allowed, hide } from './parts/mask.ts';
import { shares } from './parts/scaled-row.ts';

/**
 * log Σ e^x, or the logarithm of the mean of c entries: (1 + rest)/c = 1 + (rest − (c − 1))/c, so
 * equal entries give exactly their value.
 */
export const logSumExp: Kernel<'logSumExp', Host, 'sync'> = (p, { x, mask }) => {
  const y = new Float64Array(p.outer * p.inner);
  const [v, z] = [new Float64Array(p.n), new Float64Array(p.n)];
  eachRow(p, (start, row) => {
    load(x, start, p, v);
    if (mask) hide(mask, start, p.inner, v);
    z.set(v);
    y[row] = logOfSum(v, exponentials(z), p.dtype, p.mean ? allowed(mask, start, p) : 1);
  });
  return { y: rounded(y, p.dtype) };
};

/** dx = dy·p, p = e / Σ e. */
export const logSumExpGrad: Kernel<'logSumExpGrad', Host, 'sync'> = (p, { x, dy, mask }) => {
  const dx = allocate(p.dtype, x.length);
  const [v, z, g] = [new Float64Array(p.n), new Float64Array(p.n), new Float64Array(1)];
  eachRow(p, (start, row) => {
    load(x, start, p, v);
    if (mask) hide(mask, start, p.inner, v);
    z.set(v);
    load(dy, row, { ...p, n: 1 }, g);
    const { max, rest } = exponentials(z);
    shares(v, z, { max, total: 1 + rest, dy: g[0] as number });
    store(z, dx, start, p);
  });
  return { dx };
};
