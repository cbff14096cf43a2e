import { describe, expect, test } from 'vitest';
import { hierarchicalSoftmax, hierarchicalTopK, nestedTree } from '../src/index.ts';
import { close, inf, shaped, trees, values, wave, weightsOf } from './small-trees.ts';

describe('the likeliest classes', () => {
  for (const [name, tree] of Object.entries(trees))
    test(`${name}: as sorting all leaves`, () => {
      const h = shaped(8, 3, (k) => wave(k * 1.3));
      const weight = weightsOf(tree, 3);
      const all = hierarchicalSoftmax(h, weight, tree, { log: true }).toArray() as number[][];
      for (let k = 1; k <= tree.leaves; k++) {
        const { classes, logProbs } = hierarchicalTopK(h, weight, tree, k);
        const wanted = all.map((row) =>
          row
            .map((log, c) => ({ log, c }))
            .sort((a, b) => b.log - a.log)
            .slice(0, k),
        );
        expect(classes.toArray()).toEqual(wanted.map((row) => row.map(({ c }) => c)));
        close(
          values(logProbs),
          wanted.flatMap((row) => row.map(({ log }) => log)),
        );
      }
    });

  test('equals come lower class first, whatever their place in the tree', () => {
    const tree = nestedTree([
      [3, 1],
      [0, 2],
    ]);
    const flat = weightsOf(tree, 1, () => 0);
    expect(hierarchicalTopK([1], flat, tree, 4).classes.toArray()).toEqual([0, 1, 2, 3]);
    const bias = [inf, 0, 0];
    expect(hierarchicalTopK([1], flat, tree, 4, { bias }).classes.toArray()).toEqual([1, 3, 0, 2]);
  });

  test('a NaN gives no classes in its row alone', () => {
    const { classes, logProbs } = hierarchicalTopK([[Number.NaN], [1]], [[1]], nestedTree([0, 1]), 2);
    expect(classes.toArray()).toEqual([
      [-1, -1],
      [0, 1],
    ]);
    expect((logProbs.toArray() as number[][])[0]).toEqual([Number.NaN, Number.NaN]);
  });
});
