import { crossEntropy } from '@softmax/core';
import { usualSoftmax } from './float32.ts';
import type { Point } from './point.ts';

/** −log p of a target that is ahead of one other class, in float32. Below 1e−8 the usual way gives 0, which has no place here. */
export function smallLosses(): Point[] {
  return Array.from({ length: 121 }, (_, k) => k / 3).flatMap((ahead) => {
    const x = Float32Array.of(ahead, 0);
    const usual = -Math.fround(Math.log(usualSoftmax(x)[0] as number));
    const ours = crossEntropy(x, [0]).toArray() as number;
    const points: Point[] = [{ x: ahead, y: ours, way: 'ours' }];
    return usual > 0 ? [...points, { x: ahead, y: usual, way: 'usual' }] : points;
  });
}
