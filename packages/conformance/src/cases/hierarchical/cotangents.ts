import type { Branches } from '../../operations/branches.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';

/** Rows of h that are alike, so that their shares of a gradient come together; and others. */
export const cotangents = (operation: Operation<Branches>): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'cotangents summed over classes, rows or features as they are: sums and products of large ones overflow',
    (size, other): readonly Branches[] => {
      const parameters = { weight: [1.5, -0.5, 0.25, 1], tree: [[0, 1], 2, 3] };
      const of = (...dy: readonly number[]) => dy.map((v) => v * size);
      const [up, down] = [of(1.9, -1.5, 1.9, 1.7), of(-1.9, 1.5, -1.9, -1.7)];
      const rest = of(0.5, -0.25, 0.75, -1).map((v) => (v / size) * other);
      return [
        {
          ...parameters,
          h: [1, 0.75, 1, 0.5],
          target: [0, 2, 1, 3],
          reduction: 'none',
          dy: [...of(1.9, 1.9, -1.9), -1.3 * other],
          leaves: [...up, ...up, ...down, ...rest],
          where: 'rows',
        },
        {
          ...parameters,
          h: [1, 1, -1],
          target: [0, 1, 3],
          tokenWeight: [100, 50, 20],
          dy: 1.9 * size,
          leaves: [...up, ...down, ...rest],
          where: 'a mean of weighted rows',
        },
      ];
    },
  );
