import type { Host } from '../dtype.ts';

/** Makes masked entries impossible. False where none is left. */
export function hide(mask: Host, start: number, inner: number, z: Float64Array): boolean {
  let left = false;
  for (let k = 0; k < z.length; k++) {
    if (mask[start + k * inner]) left = true;
    else z[k] = Number.NEGATIVE_INFINITY;
  }
  return left;
}
