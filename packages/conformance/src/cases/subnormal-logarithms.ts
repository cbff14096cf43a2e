import { forward as crossEntropy } from '../operations/cross-entropy.ts';
import { forward as distribution } from '../operations/distribution.ts';
import { forward as logSumExp } from '../operations/log-sum-exp.ts';
import { caseOf, type Operation } from '../operations/operation.ts';
import type { Case } from '../plan/case.ts';

interface Row {
  readonly x: readonly number[];
  readonly where: string;
}

/** −log1p(rest), rest a sum of subnormal numbers, at a maximum of 0. */
const ROWS: readonly Row[] = [-87.25, -95, -101.75, -103.5].flatMap((far) =>
  [1, 2, 7, 64, 999].map((n) => ({
    x: [0, ...new Array<number>(n).fill(far)],
    where: `${n} of ${far} beside 0`,
  })),
);

const subnormal = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  example: (row: Row) => E,
): Case =>
  caseOf(operation, {
    category: 'accuracy',
    name: 'subnormal-logarithms',
    mistake: 'a sum of rounded subnormal exponentials: −1.400e−42 for −1.122e−42',
    examples: ROWS.map(example),
  });

/** Logarithms of sums next to 1 that are themselves subnormal. */
export const subnormalLogarithms: readonly Case[] = [
  subnormal(distribution('logSoftmax'), (row) => row),
  subnormal(logSumExp, (row) => row),
  subnormal(crossEntropy, ({ x, where }) => ({ x, where, target: [0], shape: [1, x.length] })),
];
