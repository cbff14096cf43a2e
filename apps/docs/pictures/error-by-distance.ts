import { softmax } from '@softmax/core';
import { numbers, ulps, usualSoftmax } from './float32.ts';
import type { Point } from './point.ts';

/** Rows of two logits, the larger near 90: the worst of 300 for each distance. */
export function errorByDistance(): Point[] {
  const next = numbers(1);
  return Array.from({ length: 80 }, (_, k) => k + 1).flatMap((distance) => {
    let [usual, ours] = [0, 0];
    for (let row = 0; row < 300; row++) {
      const top = 80 + 20 * next();
      const x = Float32Array.of(top, top - distance - next());
      const exact = softmax(Float64Array.from(x)).data()[1] as number;
      usual = Math.max(usual, ulps(usualSoftmax(x)[1] as number, exact));
      ours = Math.max(ours, ulps(softmax(x).data()[1] as number, exact));
    }
    return [
      { x: distance, y: usual, way: 'usual' },
      { x: distance, y: ours, way: 'ours' },
    ] satisfies Point[];
  });
}
