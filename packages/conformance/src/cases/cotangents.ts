import { caseOf, type Operation } from '../operations/operation.ts';
import type { Case } from '../plan/case.ts';

/** What the numbers of a cotangent, between −2 and 2, are multiplied by; 2⁹ of the last but one have a sum. */
export const SIZES: { readonly [D in 'float32' | 'float64']: readonly number[] } = {
  float32: [1e-30, 1e20, 1e30, 1e36],
  float64: [2 ** -1054, 1e-300, 1e200, 1e305, 8.9e307],
};

/** A case in each type for cotangents of every size that it has, and for one of every size beside another. */
export const cotangentsOfAnySize = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  mistake: string,
  examples: (size: number, other: number) => readonly E[],
  name = 'cotangents-of-any-size',
): readonly Case[] =>
  (['float32', 'float64'] as const).map((dtype) =>
    caseOf(operation, {
      category: 'special',
      name,
      mistake,
      dtype,
      *examples() {
        for (const size of SIZES[dtype])
          for (const other of new Set([size, SIZES[dtype][1] ?? size]))
            for (const [k, example] of examples(size, other).entries())
              yield { ...example, dtype, where: `${example.where ?? k} of sizes ${size} and ${other}` };
      },
    }),
  );
