import type { DType, FloatType, KernelName, OpName } from '@softmax/core';
import { type Measure, worst } from '../judge/judge.ts';
import { type Case, needs, type Trial } from '../plan/case.ts';
import type { Category } from '../plan/check.ts';

/** Solves examples of an operation on a backend, and judges them by the oracle. */
export interface Operation<E> {
  readonly op: OpName;
  /** The kernel, unless it is the operation's first. */
  readonly kernel?: KernelName;
  readonly judge: (trial: Trial, example: E, where: string) => Promise<Measure>;
}

export interface Group<E> {
  readonly category: Category;
  readonly name: string;
  readonly mistake: string;
  /** Default: float32. */
  readonly dtype?: FloatType;
  readonly examples: readonly E[] | ((trial: Trial) => Iterable<E>);
}

/** One check for a group of examples; it fails at the first wrong one. */
export function caseOf<E extends { readonly where?: string }>(
  { op, kernel, judge }: Operation<E>,
  group: Group<E>,
): Case {
  const { category, name, mistake, dtype = 'float32', examples } = group;
  return {
    category,
    op,
    name: dtype === 'float32' ? name : `${name}-${dtype}`,
    mistake,
    needs: needs(op, dtype, kernel),
    async run(trial) {
      const measures: Measure[] = [];
      for (const example of typeof examples === 'function' ? examples(trial) : examples)
        measures.push(await judge(trial, example, example.where ?? `example ${measures.length}`));
      return worst(measures);
    },
  };
}

/** Groups of special values, each in float32 and in float64. */
export const specialsOf = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  groups: readonly Omit<Group<E>, 'category' | 'dtype'>[],
): readonly Case[] =>
  (['float32', 'float64'] as const).flatMap((dtype) =>
    groups.map(({ examples, ...group }) =>
      caseOf(operation, {
        ...group,
        category: 'special',
        dtype,
        *examples(trial) {
          for (const example of typeof examples === 'function' ? examples(trial) : examples)
            yield { ...example, dtype };
        },
      }),
    ),
  );

/** The parameters beside values of a type: never narrower than float32. */
export const parameterType = (dtype: DType): 'float32' | 'float64' =>
  dtype === 'float64' ? dtype : 'float32';
