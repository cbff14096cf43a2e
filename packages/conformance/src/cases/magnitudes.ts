import { caseOf, type Operation } from '../operations/operation.ts';
import type { Case } from '../plan/case.ts';

/** A number of which the sum of two overflows, and one whose square underflows. */
const SIZES = {
  float32: { large: 1.5 * 2 ** 127, small: 1.25 * 2 ** -120 },
  float64: { large: 1.5 * 2 ** 1023, small: 1.25 * 2 ** -700 },
} as const;

/** The weights of a pair of rows, and of a mean of them what it divides by. */
interface Weighted {
  readonly tokenWeight?: readonly number[];
  readonly denominator?: number;
  readonly reduction?: 'mean' | 'sum' | 'none';
}

/** Cases for the weights of two rows of every size; `rows` has the rows. */
export const weightsOfAnySize = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  rows: E & Weighted,
  name = 'weights-of-any-size',
): readonly Case[] =>
  eachType(
    operation,
    name,
    'weights that overflow or underflow in their sum: loss 0 or NaN',
    (large, small) => [
      { ...rows, tokenWeight: [large, large], where: 'two large weights' },
      { ...rows, tokenWeight: [small, small], where: 'two small weights' },
      { ...rows, tokenWeight: [large, small], where: 'a large weight beside a small one' },
      { ...rows, tokenWeight: [0, small], where: 'a small weight beside 0' },
      { ...rows, tokenWeight: [large, large], denominator: large, where: 'a large denominator' },
      { ...rows, tokenWeight: [small, small], denominator: small, where: 'a small denominator' },
      { ...rows, tokenWeight: [small, small], reduction: 'sum', where: 'a sum of small weights' },
      { ...rows, tokenWeight: [small, large / 16], reduction: 'none', where: 'none' },
    ],
  );

interface Classed extends Weighted {
  readonly weight?: readonly number[];
  readonly labelSmoothing?: number;
  readonly zLoss?: number;
}

/** The same for the weights of two classes beside them. */
export const classWeightsOfAnySize = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  rows: E & Classed,
  name = 'class-weights-of-any-size',
): readonly Case[] =>
  eachType(
    operation,
    name,
    'class weight × row weight multiplied out: it overflows, or underflows and counts as a mean of nothing',
    (large, small) => [
      { ...rows, weight: [large, large], where: 'large weights' },
      { ...rows, weight: [large, large], tokenWeight: [large, large], where: 'large weights twice' },
      { ...rows, weight: [small, small], where: 'small weights' },
      { ...rows, weight: [small, small], tokenWeight: [small, small], where: 'small weights twice' },
      { ...rows, weight: [small, 2 * small], tokenWeight: [large / 2, large], where: 'small × large' },
      { ...rows, weight: [large, small], where: 'a large weight beside a small one' },
      { ...rows, weight: [large, large], labelSmoothing: 0.25, where: 'large weights, smoothed' },
      { ...rows, weight: [small, small], labelSmoothing: 0.25, where: 'small weights, smoothed' },
      {
        ...rows,
        weight: [small, small],
        tokenWeight: [large / 2, large],
        reduction: 'sum',
        where: 'a sum of small × large',
      },
      {
        ...rows,
        weight: [large, large],
        tokenWeight: [small, 3 * small],
        reduction: 'none',
        where: 'large × small, none',
      },
    ],
  );

/** Losses that are close to the largest number, of logits or log-probabilities x. */
export const lossesOfAnySize = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  rows: (x: readonly number[]) => E & Weighted,
  name = 'losses-of-any-size',
): readonly Case[] =>
  eachType(operation, name, 'losses added up before they are divided: a finite mean is infinite', (large) => [
    { ...rows([0, -large, 0, -large]), where: 'a mean of two large losses' },
    { ...rows([0, -large, 0, -large]), tokenWeight: [3, 1], where: 'a weighted mean' },
    { ...rows([0, -large, 0, -large]), reduction: 'sum', tokenWeight: [0.5, 0.25], where: 'a sum' },
  ]);

const eachType = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  name: string,
  mistake: string,
  examples: (large: number, small: number) => readonly E[],
): readonly Case[] =>
  (['float32', 'float64'] as const).map((dtype) =>
    caseOf(operation, {
      category: 'special',
      name,
      mistake,
      dtype,
      examples: examples(SIZES[dtype].large, SIZES[dtype].small).map((example) => ({ ...example, dtype })),
    }),
  );
