import type { AdaptiveParameters, FloatType } from '@softmax/core';
import { round } from '../judge/float.ts';
import type { AdaptiveExample } from '../oracle/adaptive.ts';
import type { Reduction } from '../oracle/reduced.ts';
import { shaped } from '../plan/trial.ts';
import { parameterType } from './operation.ts';

/** Features, a head and tails with any numbers, which are rounded to the backend's format. */
export interface Clusters extends Partial<Omit<Reduction, 'target'>>, Omit<AdaptiveExample, 'dtype'> {
  readonly target: readonly number[];
  /** The cotangent of all classes; default: a different number for each class. */
  readonly leaves?: readonly number[];
  readonly dtype?: FloatType;
  readonly where?: string;
}

export type ExactClusters = AdaptiveExample & Reduction;

export function exactly({ dtype = 'float32', where: _, leaves: __, ...given }: Clusters): ExactClusters {
  const own = (values: readonly number[]) => values.map((v) => round(v, dtype));
  const parameter = (v: number) => round(v, parameterType(dtype));
  const { headBias, tokenWeight, dy } = given;
  return {
    ...given,
    dtype,
    h: own(given.h),
    head: own(given.head),
    tails: given.tails.map(({ projection, weight }) => ({
      projection: own(projection),
      weight: own(weight),
    })),
    ...(headBias && { headBias: own(headBias) }),
    ...(tokenWeight && { tokenWeight: tokenWeight.map(parameter) }),
    ...(dy === undefined ? {} : { dy: typeof dy === 'number' ? parameter(dy) : dy.map(parameter) }),
  };
}

export function parametersOf({
  d,
  head,
  headBias,
  tails,
  cutoffs,
  dtype,
}: AdaptiveExample): AdaptiveParameters {
  const top = head.length / d;
  return {
    cutoffs,
    head: shaped(head, [top, d], dtype),
    ...(headBias && { headBias: shaped(headBias, [top], dtype) }),
    tails: tails.map(({ projection, weight }) => {
      const width = projection.length / d;
      return {
        projection: shaped(projection, [width, d], dtype),
        weight: shaped(weight, [weight.length / width, width], dtype),
      };
    }),
  };
}

const OPTIONS = ['reduction', 'tokenWeight', 'ignoreIndex', 'denominator'] as const;

/** The arguments of a loss. */
export const lossOptions = (example: ExactClusters): object =>
  Object.fromEntries(OPTIONS.flatMap((name) => (example[name] === undefined ? [] : [[name, example[name]]])));
