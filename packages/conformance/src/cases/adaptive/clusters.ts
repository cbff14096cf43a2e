import type { FloatType } from '@softmax/core';
import type { Clusters } from '../../operations/clusters.ts';
import type { Trial } from '../../plan/case.ts';
import { LOGITS, random, seedOf } from '../random.ts';

/** Of each: the classes of the head, then the width and the size of each tail. */
export const SIZES: readonly (readonly [head: number, ...tails: (readonly [number, number])[]])[] = [
  [1, [1, 1]],
  [3, [2, 4]],
  [3, [2, 2], [1, 4]],
  [5, [3, 33], [2, 1], [1, 17]],
  [17, [4, 65]],
];

/** Features and parameters of a seed, such that the head's logits are spread as `name` says. */
export function clusters(
  trial: Trial,
  [first, ...tails]: (typeof SIZES)[number],
  name: string,
  dtype: FloatType,
  rows = 4,
  d = 3,
): Clusters {
  const next = random(seedOf(trial.seed, `${first} ${tails.length} ${name}`));
  const spread = (count: number) => LOGITS[name]?.(count, next) ?? [];
  const small = (count: number) => Array.from({ length: count }, () => next() * 2 - 1);
  const cutoffs: number[] = [];
  let classes = first;
  for (const [, size] of tails) {
    cutoffs.push(classes);
    classes += size;
  }
  const top = first + tails.length;
  return {
    h: small(rows * d),
    d,
    cutoffs,
    head: spread(top * d),
    headBias: small(top),
    tails: tails.map(([width, size]) => ({ projection: small(width * d), weight: spread(size * width) })),
    target: Array.from({ length: rows }, (_, row) => (row * 5 + 2) % classes),
    dtype,
    where: `head ${first}, ${tails.length} tails of ${tails.join(' and ')}, ${name}`,
  };
}

export function* everySize(trial: Trial, dtype: FloatType, spreads: readonly string[]): Iterable<Clusters> {
  for (const sizes of SIZES)
    for (const name of trial.quick ? spreads.slice(0, 2) : spreads)
      yield clusters(trial, sizes, name, dtype, trial.quick ? 1 : 3);
}
