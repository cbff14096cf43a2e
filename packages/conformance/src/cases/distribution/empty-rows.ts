import type { EmptyRow } from '@softmax/core';

import type { Logits } from '../../operations/distribution.ts';
import type { Special } from './places.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const CHOICES: readonly (EmptyRow | undefined)[] = [undefined, 'nan', 'zero', 'uniform'];

const chosen = (logits: (choice: string) => Logits): Logits[] =>
  CHOICES.map((emptyRow) => {
    const where = `emptyRow: ${emptyRow ?? 'by default'}`;
    return { ...logits(where), where, ...(emptyRow ? { emptyRow } : {}) };
  });

/** Rows without a possible entry, alone and between others. */
export function emptyRows(sign: 1 | -1): readonly Special[] {
  const none = sign * -inf;
  return [
    {
      name: 'row-of-minus-infinity',
      mistake:
        'a row without a possible entry that poisons others (pytorch #103749, burn #4697), or whose meaning cannot be chosen',
      examples: [
        ...chosen(() => ({ x: [none, none, none] })),
        ...chosen(() => ({ x: [none] })),
        ...chosen(() => ({ x: [1, 2, none, none, 3, none], shape: [3, 2] })),
        ...chosen(() => ({ x: [1, none, none, 2, none, none], shape: [2, 3], axis: 0 })),
      ],
    },
    {
      name: 'row-masked-out',
      mistake: 'a row that is masked out entirely read all the same: it has probability 0, not NaN',
      examples: [
        ...chosen(() => ({
          x: [1, 2, 3, nan, inf, 4],
          shape: [2, 3],
          mask: [true, true, true, false, false, false],
        })),
        ...chosen(() => ({ x: [nan], mask: [false] })),
        ...chosen(() => ({ x: [5, 6, 7, 8], shape: [2, 2], axis: 0, mask: [false, true, false, true] })),
      ],
    },
    {
      name: 'impossible-where-not-masked',
      mistake: 'a row whose allowed entries are all −inf taken for one that is masked out',
      examples: chosen(() => ({
        x: [none, 7, none, 1, 2, 3],
        shape: [2, 3],
        mask: [true, false, true, true, true, false],
      })),
    },
  ];
}
