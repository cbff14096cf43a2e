import type { Host } from '../../layout/dtype.ts';
import type { Rows } from '../../layout/shape.ts';

/** Sets masked entries to −inf. Returns false if none is left. */
export function hide(mask: Host, start: number, inner: number, z: Float64Array): boolean {
  let left = false;
  for (let k = 0; k < z.length; k++) {
    if (mask[start + k * inner]) left = true;
    else z[k] = Number.NEGATIVE_INFINITY;
  }
  return left;
}

/** Counts the entries of a row that take part. */
export function allowed(mask: Host | undefined, start: number, { n, inner }: Rows): number {
  if (!mask) return n;
  let count = 0;
  for (let k = 0; k < n; k++) if (mask[start + k * inner]) count++;
  return count;
}
