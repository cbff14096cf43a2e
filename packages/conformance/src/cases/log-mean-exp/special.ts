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
    name: 'means-near-0',
    mistake:
      'what cancels compared with the maximum alone, and not with the terms: [1e−17, 3e−17] gives 3e−17',
    examples: [
      { x: [1e-17, 3e-17] },
      { x: [-1e-12, -3e-12] },
      { x: [1e-5, -1e-5], where: 'symmetric around 0' },
      { x: [0.25, -0.25, 0, -0.06] },
      { x: [-1e-17, 5, -3e-17], mask: [true, false, true], where: 'under a mask' },
      { x: [Math.log(500), ...new Array<number>(499).fill(-14)], where: 'one of 500 that is all of it' },
    ],
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

export const special = (operation: Operation<Terms>): readonly Case[] => [
  ...SPECIALS.map((group) => caseOf(operation, { ...group, category: 'special' })),
  ...(['float64', 'float16'] as const).flatMap((dtype) =>
    SPECIALS.filter(({ name }) => name === 'means-near-0').map((group) =>
      caseOf(operation, {
        ...group,
        category: 'special',
        dtype,
        examples: (group.examples as readonly Terms[]).map((terms) => ({ ...terms, dtype })),
      }),
    ),
  ),
];
