import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { load, rounded, store } from '../layout/rows.ts';
import { logOfSum } from './arithmetic/exact-log-sum.ts';
import { exponentials } from './arithmetic/exponentials.ts';
import { shares } from './parts/scaled-row.ts';

/** log(e^a + e^b): the two form a row, so infinities and small sums are treated as in logSumExp. */
export const logAddExp: Kernel<'logAddExp', Host, 'sync'> = (p, { a, b }) => {
  const y = new Float64Array(p.outer);
  const [v, z] = [new Float64Array(2), new Float64Array(2)];
  for (let k = 0; k < p.outer; k++) {
    load(a, k, p, v.subarray(0, 1));
    load(b, k, p, v.subarray(1, 2));
    z.set(v);
    y[k] = logOfSum(v, exponentials(z), p.dtype);
  }
  return { y: rounded(y, p.dtype) };
};

/** da = dy·e^a/(e^a + e^b), db = dy·e^b/(e^a + e^b); 0 at −inf. */
export const logAddExpGrad: Kernel<'logAddExpGrad', Host, 'sync'> = (p, { a, b, dy }) => {
  const [da, db] = [allocate(p.dtype, p.outer), allocate(p.dtype, p.outer)];
  const [v, z, g] = [new Float64Array(2), new Float64Array(2), new Float64Array(1)];
  for (let k = 0; k < p.outer; k++) {
    load(a, k, p, v.subarray(0, 1));
    load(b, k, p, v.subarray(1, 2));
    load(dy, k, p, g);
    z.set(v);
    const { max, rest } = exponentials(z);
    shares(v, z, { max, total: 1 + rest, dy: g[0] as number });
    store(z.subarray(0, 1), da, k, p);
    store(z.subarray(1, 2), db, k, p);
  }
  return { da, db };
};
