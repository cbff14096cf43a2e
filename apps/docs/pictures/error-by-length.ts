import { softmax } from '@softmax/core';
import { numbers, ulps, usualSoftmax } from './float32.ts';
import type { Point } from './point.ts';

/** Rows of logits from [−10, 10], of 10 to 2²⁰ entries: the worst entry of one row. */
export function errorByLength(): Point[] {
  const next = numbers(2);
  const lengths = [10, 32, 100, 320, 1000, 3200, 10_000, 32_000, 50_257, 100_000, 320_000, 2 ** 20];
  return lengths.flatMap((n) => {
    const x = Float32Array.from({ length: n }, () => 20 * next() - 10);
    const exact = softmax(Float64Array.from(x)).data();
    const worst = (got: ArrayLike<number>) =>
      Array.from(exact).reduce((most, p, k) => Math.max(most, ulps(got[k] as number, p)), 0);
    return [
      { x: n, y: worst(usualSoftmax(x)), way: 'usual' },
      { x: n, y: worst(softmax(x).data()), way: 'ours' },
    ] satisfies Point[];
  });
}
