import type { Terms } from '../../operations/log-sum-exp.ts';
import { caseOf, type Group, type Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';

const SPECIALS: readonly Omit<Group<Terms>, 'category'>[] = [
  {
    name: 'equal-entries',
    mistake: 'log Σ − log n, whose two logarithms do not cancel: the mean of equal numbers is that number',
    examples: [1, 2, 3, 7, 10, 49, 1000].flatMap((n) =>
      [0, 1e-30, -0.1, 5, 1e4, -3e38].map((v) => ({
        x: new Array<number>(n).fill(v),
        where: `${n} times ${v}`,
      })),
    ),
  },
  {
    name: 'masked-entries-are-not-counted',
    mistake: 'a mean over all entries, or over those above −inf, and not over those that the mask allows',
    examples: [
      { x: [1, 2, 3, 4], mask: [true, false, true, false] },
      { x: [1, Number.NEGATIVE_INFINITY, 3, Number.NaN], mask: [true, true, true, false] },
      { x: [0, 0, 0, 9], mask: [true, true, true, false], where: 'equal entries' },
      { x: [1, 2, 3, 4], shape: [2, 2], mask: [true, true, true, false], where: 'another count in each row' },
    ],
  },
];

export const special = (operation: Operation<Terms>): readonly Case[] =>
  SPECIALS.map((group) => caseOf(operation, { ...group, category: 'special' }));
