import type { Axis, FloatType, Shape } from '@softmax/core';
import { Expected } from './expected.ts';
import { cutRows } from './rows.ts';

interface HardmaxExample {
  readonly x: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: FloatType;
  readonly axis?: Axis;
  readonly mask?: readonly boolean[];
}

/**
 * 1 at the first maximum of what the mask allows; NaN where that is NaN, or −inf, but for masked
 * entries.
 */
export function hardmax({ x, shape, dtype, axis, mask }: HardmaxExample): Expected {
  const { rows, n } = cutRows(shape, axis);
  const out = new Expected('probability', dtype, shape, n);
  for (const at of rows) {
    const seen = at.filter((place) => mask?.[place] ?? true);
    const max = seen.reduce((most, place) => Math.max(most, x[place] as number), Number.NEGATIVE_INFINITY);
    const first = seen.find((place) => x[place] === max);
    if (max > Number.NEGATIVE_INFINITY && first !== undefined) out.set(first, 1);
    else for (const place of seen) out.set(place, Number.NaN);
  }
  return out;
}
