import type { Axis, FloatType, Shape } from '@softmax/core';
import { type DistributionExample, distribution } from './distribution.ts';
import { distributionGrad } from './distribution-grad.ts';
import type { Expected } from './expected.ts';
import { cutRows } from './rows.ts';

/** Logits and noise, and the temperature, of the formats that the backend gets them in. */
export interface GumbelExample {
  readonly x: readonly number[];
  readonly noise: readonly number[];
  readonly shape: Shape;
  readonly dtype: FloatType;
  readonly axis?: Axis;
  readonly mask?: readonly boolean[];
  readonly temperature?: number;
  readonly hard?: boolean;
}

/** The logits of the sample: x + g, rounded to float64 and to nothing narrower. */
const perturbed = ({ x, noise, ...rest }: GumbelExample): DistributionExample & { x: readonly number[] } => ({
  ...rest,
  x: x.map((v, k) => v + (noise[k] as number)),
});

/** softmax((x + g)/T), or where hard, or T = 0, the one-hot vector of its first maximum. */
export function gumbelSoftmax(example: GumbelExample): Expected {
  const row = perturbed(example);
  const out = distribution(row, 'softmax');
  if (!example.hard && example.temperature !== 0) return out;
  for (const at of cutRows(example.shape, example.axis).rows) {
    const seen = at.filter((place) => example.mask?.[place] ?? true);
    if (seen.some((place) => Number.isNaN(out.values[place]))) continue;
    const max = Math.max(...seen.map((place) => row.x[place] as number));
    const first = seen.find((place) => row.x[place] === max);
    for (const place of at) out.set(place, place === first ? 1 : 0);
  }
  return out;
}

/** The gradient of the soft sample, whether or not it is hard. */
export const gumbelSoftmaxGrad = (example: GumbelExample, dy: ArrayLike<number>): Expected =>
  distributionGrad(perturbed(example), dy, 'softmax');

/**
 * The k classes with the largest x + g of each row, largest first, the first of equal ones; as
 * [rows][k].
 */
export function drawn(example: GumbelExample, k: number): readonly (readonly number[])[] {
  const { x } = perturbed(example);
  return cutRows(example.shape, example.axis).rows.map((at) =>
    at
      .map((place, c) => ({ c, place }))
      .filter(({ place }) => example.mask?.[place] ?? true)
      .sort((a, b) => (x[b.place] as number) - (x[a.place] as number))
      .slice(0, k)
      .map(({ c }) => c),
  );
}
