import type { Kernel } from '../contract/backend.ts';
import type { Host } from '../layout/dtype.ts';
import { eachRow, load } from '../layout/rows.ts';
import { hide } from './parts/mask.ts';

/**
 * The k largest x + g in descending order, among equal ones the first. Candidates above the k-th
 * best are collected, and sorted when there are 2k: O(n + k·log k·log(n/k)) for noise, at most
 * O(n·log k).
 */
export const gumbelTopK: Kernel<'gumbelTopK', Host, 'sync'> = (p, { x, noise, mask }) => {
  const { n, inner, k } = p;
  const classes = new Int32Array(p.outer * k * inner);
  const z = new Float64Array(n);
  const best = new Int32Array(2 * k);
  const descending = (a: number, b: number) => (z[b] as number) - (z[a] as number);
  eachRow(p, (start, row) => {
    load(x, start, p, z);
    if (mask) hide(mask, start, inner, z);
    let count = 0;
    let bar = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < n; c++) {
      const v = (z[c] as number) + (noise[start + c * inner] as number);
      z[c] = v;
      if (!(v > bar)) continue;
      best[count++] = c;
      if (count < 2 * k) continue;
      bar = z[best.sort(descending)[k - 1] as number] as number;
      count = k;
    }
    best.subarray(0, count).sort(descending);
    const to = Math.floor(row / inner) * k * inner + (row % inner);
    for (let j = 0; j < k; j++) classes[to + j * inner] = best[j] as number;
  });
  return { classes };
};
