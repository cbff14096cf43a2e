import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { toFloat16 } from '../layout/float16.ts';
import { eachRow } from '../layout/rows.ts';

/** 1 at the class of each row. */
export const oneHot: Kernel<'oneHot', Host, 'sync'> = (p, { classes }) => {
  const y = allocate(p.dtype, p.outer * p.n * p.inner);
  const one = p.dtype === 'float16' ? toFloat16(1) : 1;
  eachRow(p, (start, row) => {
    y[start + (classes[row] as number) * p.inner] = one;
  });
  return { y };
};
