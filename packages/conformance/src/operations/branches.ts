import type { FloatType, NestedTree, Shaped } from '@softmax/core';
import { round } from '../judge/float.ts';
import type { Reduction } from '../oracle/reduced.ts';
import { nodesOf, type TreeExample } from '../oracle/tree.ts';
import { shaped } from '../plan/trial.ts';
import { parameterType } from './operation.ts';

/** Features and a tree with any numbers, which are rounded to the backend's format. */
export interface Branches extends Partial<Omit<Reduction, 'dy'>> {
  readonly h: readonly number[];
  /** Default: 1. */
  readonly d?: number;
  readonly weight: readonly number[];
  readonly bias?: readonly number[];
  readonly tree: NestedTree;
  readonly log?: boolean;
  /** The cotangent of all leaves; default: a different number for each leaf. */
  readonly leaves?: readonly number[];
  readonly dy?: number | readonly number[];
  readonly dtype?: FloatType;
  readonly where?: string;
}

export interface Exactly extends TreeExample, Omit<Reduction, 'target'> {
  readonly target: readonly number[];
}

export function exactly({ dtype = 'float32', d = 1, ...given }: Branches): Exactly {
  const own = (values: readonly number[]) => values.map((v) => round(v, dtype));
  const parameter = (v: number) => round(v, parameterType(dtype));
  const { leaves } = nodesOf(given.tree);
  const { target = Array.from({ length: given.h.length / d }, (_, row) => (row * 3 + 1) % leaves) } = given;
  const { bias, tokenWeight, dy, reduction, ignoreIndex, denominator } = given;
  return {
    h: own(given.h),
    d,
    weight: own(given.weight),
    tree: given.tree,
    log: given.log ?? false,
    dtype,
    target,
    ...(bias && { bias: own(bias) }),
    ...(tokenWeight && { tokenWeight: tokenWeight.map(parameter) }),
    ...(dy === undefined ? {} : { dy: typeof dy === 'number' ? parameter(dy) : dy.map(parameter) }),
    ...(reduction && { reduction }),
    ...(ignoreIndex === undefined ? {} : { ignoreIndex }),
    ...(denominator === undefined ? {} : { denominator }),
  };
}

interface Passed {
  readonly h: Shaped;
  readonly weight: Shaped;
  readonly options: { readonly bias?: Shaped };
  readonly rows: number;
}

/** The example in the backend's format. */
export function passed({ h, d, weight, bias, dtype }: TreeExample): Passed {
  const rows = h.length / d;
  return {
    h: shaped(h, [rows, d], dtype),
    weight: shaped(weight, [weight.length / d, d], dtype),
    options: bias ? { bias: shaped(bias, [bias.length], dtype) } : {},
    rows,
  };
}

/** The arguments of a loss. */
export const lossOptions = ({ bias: _, ...example }: Exactly, { options }: Passed): object => ({
  ...options,
  ...Object.fromEntries(
    (['reduction', 'tokenWeight', 'ignoreIndex', 'denominator'] as const).flatMap((name) =>
      example[name] === undefined ? [] : [[name, example[name]]],
    ),
  ),
});
